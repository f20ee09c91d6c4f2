/** Measured figures of the committed result files, for pages that state them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Timed {
  readonly what: string;
  readonly steps: number;
  readonly timing?: { readonly medianMs: number; readonly runs: number };
}

/** What is read of `bench/results/latest.json`. */
interface Speed {
  readonly machine: Readonly<Record<'date' | 'cpu' | 'chromium', string>> & {
    readonly cores: number;
  };
  readonly pytorch: string | null;
  readonly shape: Readonly<
    Record<'batch' | 'steps' | 'vocabulary' | 'embedding' | 'units', number>
  >;
  readonly parts: { readonly cpu: Readonly<Record<string, Timed>> };
  readonly ratios: Readonly<Record<string, number | null>>;
}

/** What is read of `results/<preset>.json`. */
interface Trained {
  readonly preset: string;
  readonly parameters: number;
  readonly seeds: readonly {
    readonly seed: number;
    readonly epochs: readonly { readonly validationAccuracy: number }[];
    readonly test: { readonly reviews: number };
  }[];
  readonly test_accuracy_mean: number;
  readonly test_accuracy_spread: number;
  readonly weights?: { readonly bytes: number };
}

/** What is read of `results/foundation.json`. */
interface Foundation {
  readonly machine: { readonly date: string };
  readonly data: {
    readonly reviews: number;
    readonly bytes: Readonly<Record<'starter' | 'tokensAndVocabulary' | 'texts', number>>;
  };
}

const root = process.cwd();
const read = async <T>(path: string): Promise<T> =>
  JSON.parse(await readFile(join(root, path), 'utf8')) as T;

export const speed = await read<Speed>('bench/results/latest.json');
export const foundation = await read<Foundation>('results/foundation.json');

/** Runs of the presets, the best on the test set first. */
export const trained = (await readResults()).toSorted(
  (a, b) => b.test_accuracy_mean - a.test_accuracy_mean,
);

/** Epochs of a preset's first run before its accuracy on held-out reviews passed a bar; undefined without a run. */
export function epochsBelow(preset: string, bar: number): number | undefined {
  const epochs = trained.find((result) => result.preset === preset)?.seeds[0]?.epochs;
  const passed = epochs?.findIndex(({ validationAccuracy }) => validationAccuracy > bar);
  return passed === -1 ? epochs?.length : passed;
}

async function readResults(): Promise<Trained[]> {
  const files = (await readdir(join(root, 'results'))).filter((file) => file.endsWith('.json'));
  const results = await Promise.all(
    files.map((file) => read<Partial<Trained>>(join('results', file))),
  );
  return results.filter(
    (result): result is Trained =>
      result.preset !== undefined && result.test_accuracy_mean !== undefined,
  );
}
