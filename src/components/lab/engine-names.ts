import type { EngineReport } from '../../client/index.ts';

export const ENGINE_NAMES: Readonly<Record<EngineReport['backend'], string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  simd: 'SIMD on the processor',
  cpu: 'JavaScript',
};

/** Which engine runs, and why. */
export const describeEngine = ({ backend, reason }: EngineReport): string =>
  `Engine: ${ENGINE_NAMES[backend]}. ${reason}`;
