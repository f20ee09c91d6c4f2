/**
 * How far each implementation may lie from the same thing computed in float64 (the fixtures of
 * PyTorch, or the reference): the largest error of an output, relative to its largest magnitude, or
 * to 1 if that is less.
 */
export const TOLERANCES = {
  /** float64 itself: what is left is the order of the sums. */
  reference: 1e-14,
  /** float32, in plain loops: rounding adds up along the timesteps and the batch. */
  cpu: 5e-6,
  /** float32, with its own sigmoid and tanh, within 2e-7 of their size, and fused multiply-add. */
  simd: 5e-6,
  /** float32 with the GPU's own exp and tanh, which WGSL allows some units in the last place. */
  webgpu: 1e-5,
  /** The same in GLSL, which promises less. */
  webgl: 1e-4,
} as const;
