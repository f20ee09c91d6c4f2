/** A compute shader: its text, and the names of its buffers in the order of their bindings. */
export interface Shader {
  /** Tells shaders of one device apart. Equal labels mean equal text. */
  readonly label: string;
  /** Storage buffers from binding 1 on. Binding 0 is the uniform block. */
  readonly buffers: readonly string[];
  /** WGSL. Made when the shader is compiled. */
  readonly code: () => string;
}

export type Access = 'read' | 'read_write';

/** One storage buffer of a shader. All hold 4-byte elements, alone or in fours. */
export interface Binding {
  readonly name: string;
  readonly type: 'f32' | 'i32' | 'vec4<f32>';
  readonly access: Access;
}

/** The GPU's driver does not take a shader. What its kernel returned holds no results. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
  readonly shader: string;

  constructor(shader: string, message: string) {
    super(`This GPU does not take the shader "${shader}": ${message}`);
    this.shader = shader;
  }
}

/** A pipeline, and what the device said of it if it refused. */
interface Compiled {
  readonly pipeline: GPUComputePipeline;
  error?: ShaderError;
}

const cache = new WeakMap<GPUDevice, Map<string, Compiled>>();

/**
 * The compiled shader, made once per device and label.
 *
 * @throws ShaderError if the device refused it before: it says so only some time after the first call
 */
export function pipelineOf(device: GPUDevice, shader: Shader): GPUComputePipeline {
  let ofDevice = cache.get(device);
  if (!ofDevice) cache.set(device, (ofDevice = new Map()));
  let compiled = ofDevice.get(shader.label);
  if (!compiled) ofDevice.set(shader.label, (compiled = compile(device, shader)));
  if (compiled.error) throw compiled.error;
  return compiled.pipeline;
}

function compile(device: GPUDevice, { label, code }: Shader): Compiled {
  device.pushErrorScope('internal');
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label, code: indent(code()) });
  const pipeline = device.createComputePipeline({
    label,
    layout: 'auto',
    compute: { module, entryPoint: 'main' },
  });
  const compiled: Compiled = { pipeline };
  const note = (error: GPUError | null): void => {
    if (error) compiled.error ??= new ShaderError(label, error.message);
  };
  // A lost device reports nothing here; that is an error of its own.
  void device.popErrorScope().then(note, () => {});
  void device.popErrorScope().then(note, () => {});
  return compiled;
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

export const writes = (name: string, type: Binding['type'] = 'f32'): Binding => ({
  name,
  type,
  access: 'read_write',
});

export const links = (name: string): Binding => ({ name, type: 'i32', access: 'read_write' });

/** WGSL with lines indented by the braces around them, for people to read. */
export function indent(code: string): string {
  let depth = 0;
  const lines = [];
  for (const line of code.split('\n').map((text) => text.trim())) {
    if (line === '' && (lines.at(-1) ?? '') === '') continue;
    const closes = /^\}+/.exec(line)?.[0].length ?? 0;
    lines.push('  '.repeat(line === '' ? 0 : depth - closes) + line);
    depth += line.split('{').length - line.split('}').length;
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
