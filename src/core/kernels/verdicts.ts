import type { Backend, BackendReport } from './detect.ts';

/** What the tests of a backend found on this machine. */
export interface Verdict {
  readonly correct: boolean;
  /** Time of a small step. */
  readonly smallMilliseconds: number;
  /** Time of a step of realistic size; none if the backend was not timed. */
  readonly milliseconds?: number;
}

/** Where one text is kept from visit to visit. Both may reject: then every visit tests anew. */
export interface VerdictStore {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

/** How verdicts outlive a visit. */
export interface VerdictMemory {
  readonly store: VerdictStore;
  /** Differs whenever the code does. */
  readonly version: string;
}

/** What the store holds. */
interface Kept {
  readonly key: string;
  readonly verdicts: Readonly<Partial<Record<Backend, Verdict>>>;
}

/** The verdicts of an earlier visit with the same code, browser and devices; else none. */
export async function recallVerdicts(
  { store, version }: VerdictMemory,
  backends: readonly BackendReport[],
): Promise<Map<Backend, Verdict>> {
  const verdicts = new Map<Backend, Verdict>();
  try {
    const kept = JSON.parse((await store.read()) ?? 'null') as Partial<Kept> | null;
    if (kept?.key !== keyOf(version, backends)) return verdicts;
    for (const { backend } of backends) {
      const verdict = kept.verdicts?.[backend];
      if (isVerdict(verdict)) verdicts.set(backend, verdict);
    }
  } catch {
    // No storage here, or someone else's text in it: the tests run again.
  }
  return verdicts;
}

/** Keeps verdicts for later visits, where the browser lets us. */
export async function rememberVerdicts(
  { store, version }: VerdictMemory,
  backends: readonly BackendReport[],
  verdicts: ReadonlyMap<Backend, Verdict>,
): Promise<void> {
  const kept: Kept = {
    key: keyOf(version, backends),
    verdicts: Object.fromEntries(verdicts),
  };
  await store.write(JSON.stringify(kept)).catch(() => {});
}

/**
 * The reports name the graphics cards, the user agent the browser and so its drivers' glue; the rest
 * decides how many threads there are.
 */
function keyOf(version: string, backends: readonly BackendReport[]): string {
  const { userAgent, hardwareConcurrency } = globalThis.navigator ?? {};
  const isolated = globalThis.crossOriginIsolated === true;
  const devices = backends.map(({ backend, status, detail }) =>
    [backend, status, detail].join(' '),
  );
  return [version, userAgent, hardwareConcurrency, isolated, ...devices].join('\n');
}

function isVerdict(value: unknown): value is Verdict {
  const { correct, smallMilliseconds, milliseconds = 0 } = (value ?? {}) as Partial<Verdict>;
  return (
    typeof correct === 'boolean' &&
    Number.isFinite(smallMilliseconds) &&
    Number.isFinite(milliseconds)
  );
}
