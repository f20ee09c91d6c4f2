import { bestBuild, type Build } from './simd/best-build.ts';

/** What a browser may offer to compute on. */
export type Backend = 'webgpu' | 'webgl' | 'simd' | 'cpu';

/** What one backend is on this machine. */
export interface BackendReport {
  readonly backend: Backend;
  /** `software`: it runs, but the processor plays the GPU, so the others are faster. */
  readonly status: 'ready' | 'software' | 'missing';
  /** One sentence for the reader. */
  readonly detail: string;
}

const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Reports every backend. */
export async function reportBackends(): Promise<BackendReport[]> {
  return [await reportWebGpu(), reportWebGl(), reportSimd(), CPU_REPORT];
}

const CPU_REPORT: BackendReport = {
  backend: 'cpu',
  status: 'ready',
  detail: 'Plain JavaScript runs everywhere.',
};

const SIMD_BUILDS: Readonly<Record<Build, string>> = {
  relaxed: 'The processor’s vector unit is available, with fused multiply-add.',
  plain: 'The processor’s vector unit is available, without fused multiply-add.',
  scalar: 'WebAssembly has no vectors here, so the kernels compute one number at a time.',
};

function reportSimd(): BackendReport {
  const build = bestBuild();
  return build
    ? { backend: 'simd', status: 'ready', detail: SIMD_BUILDS[build] }
    : { backend: 'simd', status: 'missing', detail: 'There is no WebAssembly here.' };
}

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
