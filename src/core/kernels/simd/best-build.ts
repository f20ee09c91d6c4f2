/** Builds of the kernels: vectors with fused multiply-add, vectors without, and one number at a time. */
export const BUILDS = ['relaxed', 'plain', 'scalar'] as const;
export type Build = (typeof BUILDS)[number];

const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];
/** One function without parameters that gives a vector. */
const GIVES_VECTOR = [1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0];
/** i32.const 0, i8x16.splat */
const VECTOR = [65, 0, 253, 15];

/** The smallest modules that need what a build needs: a module is only valid where all of it is known. */
const PROBES: Readonly<Record<Build, readonly number[]>> = {
  // f32x4.relaxed_madd
  relaxed: [...GIVES_VECTOR, 10, 19, 1, 17, 0, ...VECTOR, ...VECTOR, ...VECTOR, 253, 133, 2, 11],
  // i8x16.popcnt
  plain: [...GIVES_VECTOR, 10, 10, 1, 8, 0, ...VECTOR, 253, 98, 11],
  // memory.fill, in a function that gives nothing
  scalar: [
    1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 0, 10, 13, 1, 11, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0,
    11,
  ],
};

/**
 * The fastest build that runs here, or none.
 *
 * @param validate whether a module is valid; by default the engine says so
 */
export function bestBuild(validate = engineValidates): Build | undefined {
  return BUILDS.find((build) => validate(Uint8Array.from([...HEADER, ...PROBES[build]])));
}

function engineValidates(bytes: Uint8Array<ArrayBuffer>): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytes);
}
