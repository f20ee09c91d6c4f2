/** Something that runs our WebGPU kernels on a graphics card. */
export interface GpuRunner {
  /** With its version. */
  readonly runtime: string;
  readonly device: string;
  /** Runs the step once. @returns milliseconds */
  time(): Promise<number>;
  close(): Promise<void>;
}
