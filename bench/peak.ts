import asc from 'assemblyscript/asc';

/**
 * Compiles the loop of multiply-adds.
 *
 * @throws Error with the compiler's message
 */
export async function compilePeak(): Promise<Uint8Array> {
  const options = '-O3 --noAssert --runtime stub --enable simd --enable relaxed-simd'.split(' ');
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ['bench/assembly/peak.ts', '--outFile', 'peak.wasm', ...options],
    {
      writeFile: (_name: string, contents: Uint8Array | string) => {
        if (typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || !binary) throw new Error(`peak.ts: ${error?.message ?? 'no file'}\n${stderr}`);
  return binary;
}
