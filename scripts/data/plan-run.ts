import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Manifest } from '../../src/core/dataset/types.ts';
import type { Arguments } from './arguments.ts';
import { DataError } from './data-error.ts';
import { fingerprint } from './fingerprint.ts';
import { imdbInput } from './imdb.ts';
import type { Input } from './input.ts';
import { ownInput } from './own-data.ts';
import { isComplete, readManifest } from './publish.ts';

/** Either build from an input, or keep the output for a reason. */
export type Plan =
  | { readonly build: Input; readonly fingerprint: string }
  | { readonly build: undefined; readonly reason: string };

/**
 * Decides what a run has to do, from its options and what lies in `dir`.
 *
 * @param root folder of the project, to which the manifest's recorded paths are relative.
 */
export function planRun(
  { ifStale, input }: Pick<Arguments, 'ifStale' | 'input'>,
  dir: string,
  root: string,
): Plan {
  const given = input === undefined ? undefined : ownInput(resolve(input), root);
  if (!ifStale) return planBuild(given ?? imdbInput(), root);

  const manifest = readManifest(dir);
  const recorded = manifest?.source.input;
  if (manifest !== undefined && given === undefined && recorded !== undefined) {
    if (!existsSync(resolve(root, recorded))) return planOrphan(manifest, recorded, dir);
  }
  const wanted = given ?? (recorded === undefined ? imdbInput() : ownInput(recorded, root));
  const plan = planBuild(wanted, root);
  const upToDate =
    manifest !== undefined &&
    manifest.fingerprint === plan.fingerprint &&
    isComplete(dir, manifest);
  return upToDate ? { build: undefined, reason: `${wanted.name}: up to date.` } : plan;
}

function planBuild(input: Input, root: string): Plan & { build: Input } {
  return { build: input, fingerprint: fingerprint(input, root) };
}

/** Own data whose input is gone cannot be rebuilt; what was made of it stays. */
function planOrphan(manifest: Manifest, recorded: string, dir: string): Plan {
  if (!isComplete(dir, manifest)) {
    throw new DataError(
      `Files are missing from ${dir}, and their source ${recorded} is gone. ` +
        'Give its new place with --input, or run without options for the IMDB reviews.',
    );
  }
  return {
    build: undefined,
    reason: `${recorded} is gone, so the data made from it stays as it is.`,
  };
}
