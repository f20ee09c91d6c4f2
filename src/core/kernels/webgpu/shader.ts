/** A compute shader: its text, and the names of its buffers in the order of their bindings. */
export interface Shader {
  /** Tells shaders of one device apart. Equal labels mean equal text. */
  readonly label: string;
  /** Storage buffers from binding 1 on. Binding 0 is the uniform block. */
  readonly buffers: readonly string[];
  readonly code: string;
}

export type Access = 'read' | 'read_write';

/** One storage buffer of a shader. All hold 4-byte elements without structure. */
export interface Binding {
  readonly name: string;
  readonly type: 'f32' | 'i32';
  readonly access: Access;
}

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/** The compiled shader, made once per device and label. */
export function pipelineOf(device: GPUDevice, shader: Shader): GPUComputePipeline {
  let cache = pipelines.get(device);
  if (!cache) pipelines.set(device, (cache = new Map()));
  let pipeline = cache.get(shader.label);
  if (!pipeline) {
    const { label, code } = shader;
    const module = device.createShaderModule({ label, code });
    pipeline = device.createComputePipeline({
      label,
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    cache.set(label, pipeline);
  }
  return pipeline;
}

/** WGSL that declares the uniform block (u32 fields, at binding 0) and the storage buffers. */
export function declareBindings(fields: readonly string[], bindings: readonly Binding[]): string {
  const block = `struct Parameters { ${fields.map((field) => `${field}: u32`).join(', ')} }`;
  const buffers = bindings.map(
    ({ name, type, access }, index) =>
      `@group(0) @binding(${index + 1}) var<storage, ${access}> ${name}: array<${type}>;`,
  );
  return [block, '@group(0) @binding(0) var<uniform> parameters: Parameters;', ...buffers].join(
    '\n',
  );
}

export const reads = (name: string, type: Binding['type'] = 'f32'): Binding => ({
  name,
  type,
  access: 'read',
});

export const writes = (name: string): Binding => ({ name, type: 'f32', access: 'read_write' });

export const links = (name: string): Binding => ({ name, type: 'i32', access: 'read_write' });
