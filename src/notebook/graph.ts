/** What a cell reads and defines. */
export interface Wiring {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

type Cells = ReadonlyMap<string, Wiring>;

/** Every cell that a cell needs, itself included, each behind the ones it needs. */
export function cellsBefore(cells: Cells, name: string): string[] {
  const providers = providersOf(cells);
  const ordered: string[] = [];
  const seen = new Set<string>();
  const visit = (at: string): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const input of cells.get(at)?.inputs ?? []) {
      const provider = providers.get(input);
      if (provider !== undefined) visit(provider);
    }
    ordered.push(at);
  };
  visit(name);
  return ordered;
}

/** The cells of a set and every cell that reads what they define, directly or through others. */
export function cellsBehind(cells: Cells, changed: Iterable<string>): Set<string> {
  const providers = providersOf(cells);
  const reached = new Set(changed);
  for (let grown = true; grown;) {
    grown = false;
    for (const [name, { inputs }] of cells) {
      const reads = inputs.some((input) => reached.has(providers.get(input) ?? ''));
      if (!reached.has(name) && reads) {
        reached.add(name);
        grown = true;
      }
    }
  }
  return reached;
}

/** A name that two cells define, with the cells; undefined if every name is defined once. */
export function definedTwice(
  cells: Cells,
): { readonly output: string; readonly by: readonly [string, string] } | undefined {
  const first = new Map<string, string>();
  for (const [name, { outputs }] of cells) {
    for (const output of outputs) {
      const other = first.get(output);
      if (other !== undefined) return { output, by: [other, name] };
      first.set(output, name);
    }
  }
  return undefined;
}

function providersOf(cells: Cells): Map<string, string> {
  const providers = new Map<string, string>();
  for (const [name, { outputs }] of cells) {
    for (const output of outputs) providers.set(output, name);
  }
  return providers;
}
