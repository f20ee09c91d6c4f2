import * as tf from '@tensorflow/tfjs';
import { registerRecurrentCpu } from './cpu/recurrent.ts';
import { registerUnsortedSegmentSum } from './cpu/unsorted-segment-sum.ts';
import { registerRecurrentGradient } from './gradients/recurrent.ts';

export const BACKENDS = ['webgpu', 'webgl', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];
export type BackendChoice = 'auto' | Backend;

/** What one backend is on this machine. */
export interface BackendReport {
  readonly backend: Backend;
  /** `software`: it runs, but a processor plays the GPU, so the CPU backend is faster. */
  readonly status: 'ready' | 'software' | 'missing';
  /** One sentence for the reader. */
  readonly detail: string;
}

/** The backend that runs, and why. */
export interface EngineReport {
  readonly backend: Backend;
  readonly reason: string;
  readonly backends: readonly BackendReport[];
}

/** The reader asked for a backend that this browser doesn't offer. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
}

const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Makes a tfjs backend the current one: the one asked for, or the fastest kind that real hardware
 * stands behind (`webgpu`, then `webgl`, then `cpu`).
 *
 * @throws BackendError if the one asked for is missing or does not start
 */
export async function chooseBackend(choice: BackendChoice = 'auto'): Promise<EngineReport> {
  registerUnsortedSegmentSum();
  registerRecurrentCpu();
  registerRecurrentGradient();
  const backends = await reportBackends();
  const wanted = backends.find(({ backend, status }) =>
    choice === 'auto' ? status === 'ready' : backend === choice,
  )!;
  if (wanted.status === 'missing') {
    throw new BackendError(`The ${wanted.backend} engine can’t run here: ${wanted.detail}`);
  }
  if (await start(wanted.backend)) {
    const reason = choice === 'auto' ? explain(backends, wanted) : `You chose it. ${wanted.detail}`;
    return { backend: wanted.backend, reason, backends };
  }
  if (choice !== 'auto' || wanted.backend === 'cpu') {
    throw new BackendError(`The ${wanted.backend} engine did not start.`);
  }
  await start('cpu');
  return { backend: 'cpu', reason: `The ${wanted.backend} engine did not start.`, backends };
}

async function start(backend: Backend): Promise<boolean> {
  if (backend === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  try {
    return await tf.setBackend(backend);
  } catch {
    return false;
  }
}

function explain(backends: readonly BackendReport[], chosen: BackendReport): string {
  const passedOver = backends.slice(0, backends.indexOf(chosen));
  return [...passedOver, chosen].map(({ detail }) => detail).join(' ');
}

async function reportBackends(): Promise<BackendReport[]> {
  return [await reportWebGpu(), reportWebGl(), CPU_REPORT];
}

const CPU_REPORT: BackendReport = {
  backend: 'cpu',
  status: 'ready',
  detail: 'The CPU runs everywhere.',
};

/** The part of WebGPU's API that tells what it runs on (the DOM library does not type workers'). */
interface WebGpu {
  requestAdapter(): Promise<{
    isFallbackAdapter?: boolean;
    info?: {
      vendor?: string;
      architecture?: string;
      description?: string;
      isFallbackAdapter?: boolean;
    };
  } | null>;
}

async function reportWebGpu(): Promise<BackendReport> {
  const gpu = (globalThis.navigator as { gpu?: WebGpu } | undefined)?.gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return { backend: 'webgpu', status: 'missing', detail: 'There is no WebGPU here.' };
  const { info = {} } = adapter;
  const name = [info.vendor, info.architecture, info.description].filter(Boolean).join(' ');
  const software =
    (adapter.isFallbackAdapter ?? info.isFallbackAdapter ?? false) || SOFTWARE_RENDERER.test(name);
  return gpuReport('webgpu', 'WebGPU', name, software);
}

function reportWebGl(): BackendReport {
  const context =
    typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return { backend: 'webgl', status: 'missing', detail: 'There is no WebGL 2 here.' };
  const extension = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(
    context.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : context.RENDERER),
  );
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return gpuReport('webgl', 'WebGL 2', name, SOFTWARE_RENDERER.test(name));
}

function gpuReport(
  backend: Backend,
  title: string,
  device: string,
  software: boolean,
): BackendReport {
  if (software) {
    return { backend, status: 'software', detail: `${title} is only emulated by the processor.` };
  }
  const shown = device === '' ? '' : ` (${device})`;
  return { backend, status: 'ready', detail: `${title} is available${shown}.` };
}
