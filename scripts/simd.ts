/**
 * Compiles the SIMD kernels from AssemblyScript to one WebAssembly file with fused multiply-add
 * (relaxed SIMD), one with vectors alone and one without vectors. `--if-stale` leaves files alone
 * that are newer than the sources.
 */
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = 'src/core/kernels/simd/assembly';
const FOLDER = 'src/core/kernels/simd/build';
const OPTIONS = (
  '--outFile simd.wasm -O3 --noAssert --runtime stub --enable bulk-memory ' +
  '--importMemory --initialMemory 1 --maximumMemory 65536'
).split(' ');
const FEATURES = {
  relaxed: ['--enable', 'simd', '--enable', 'relaxed-simd'],
  plain: ['--enable', 'simd'],
  scalar: [],
} as const;
/** The build without vectors reads the second file in the place of the first. */
const [LANES, SCALAR_LANES] = [`${SOURCES}/lanes.ts`, `${SOURCES}/lanes-scalar.ts`];

/** Files of the builds, by name. */
export const SIMD_BUILDS = {
  relaxed: join(ROOT, FOLDER, 'simd-relaxed.wasm'),
  plain: join(ROOT, FOLDER, 'simd-plain.wasm'),
  scalar: join(ROOT, FOLDER, 'simd-scalar.wasm'),
} as const;

type Build = keyof typeof SIMD_BUILDS;

/**
 * Compiles all builds.
 *
 * @returns the files that were written
 * @throws Error with the compiler's message
 */
export async function buildSimd({ ifStale = false } = {}): Promise<string[]> {
  const newest = await newestSource();
  const written: string[] = [];
  for (const build of Object.keys(SIMD_BUILDS) as Build[]) {
    const file = SIMD_BUILDS[build];
    const built = await stat(file).catch(() => undefined);
    if (ifStale && built && built.mtimeMs >= newest) continue;
    await mkdir(join(ROOT, FOLDER), { recursive: true });
    // Whoever reads at the same time finds the old file or the new one, never half of one.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, await compile(build));
    await rename(draft, file);
    written.push(file);
  }
  return written;
}

async function compile(build: Build): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ['--baseDir', ROOT, `${SOURCES}/index.ts`, ...OPTIONS, ...FEATURES[build]],
    {
      readFile: (name, folder) =>
        readSource(folder, build === 'scalar' && name === LANES ? SCALAR_LANES : name),
      writeFile: (_name: string, contents: Uint8Array | string) => {
        if (typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || !binary) throw new Error(`${build}: ${error?.message ?? 'no file'}\n${stderr}`);
  return binary;
}

/** The compiler looks for a file in several places: where there is none, the answer is null. */
function readSource(folder: string, name: string): Promise<string | null> {
  return readFile(resolve(folder, name), 'utf8').catch(() => null);
}

async function newestSource(): Promise<number> {
  const names = await readdir(join(ROOT, SOURCES));
  const files = [...names.map((name) => join(ROOT, SOURCES, name)), fileURLToPath(import.meta.url)];
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  return Math.max(...times);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const written = await buildSimd({ ifStale: process.argv.includes('--if-stale') });
  console.log(written.length === 0 ? 'The SIMD kernels are up to date.' : written.join('\n'));
}
