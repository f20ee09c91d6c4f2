import type * as tf from '@tensorflow/tfjs';
import { ArchiveError } from './archive-error.ts';
import { toFloat16 } from './float16.ts';

/** How weights are stored. With `uint8`, biases stay float32: they are few, and unlike each other. */
export type Precision = 'float32' | 'float16' | 'uint8';

type Bytes = Uint8Array<ArrayBuffer>;
type Spec = tf.io.WeightsManifestEntry;

/**
 * Writes a model's weights one after the other, with an entry of a tfjs weights manifest for each.
 *
 * @throws ArchiveError if a weight is not finite, or too large for its precision
 */
export async function writeWeights(
  model: tf.LayersModel,
  precision: Precision,
): Promise<{ specs: Spec[]; bytes: Bytes }> {
  const specs: Spec[] = [];
  const parts: Bytes[] = [];
  for (const weight of model.weights) {
    const tensor = weight.read();
    const values = (await tensor.data()) as Float32Array;
    const stored = precision === 'uint8' && tensor.rank < 2 ? 'float32' : precision;
    const { bytes, quantization } = encode(values, stored);
    const base: Spec = { name: weight.originalName, shape: tensor.shape, dtype: 'float32' };
    const spec = quantization ? { ...base, quantization } : base;
    checkFinite(spec, values);
    checkStored(spec, bytes);
    specs.push(spec);
    parts.push(bytes);
  }
  return { specs, bytes: new Uint8Array(await new Blob(parts).arrayBuffer()) };
}

function encode(
  values: Float32Array,
  precision: Precision,
): { bytes: Bytes; quantization?: Spec['quantization'] } {
  switch (precision) {
    case 'float32':
      return { bytes: new Uint8Array(values.slice().buffer) };
    case 'float16': {
      const bytes = new Uint8Array(Uint16Array.from(values, toFloat16).buffer);
      return { bytes, quantization: { dtype: 'float16' } };
    }
    case 'uint8': {
      let [min, max] = [Infinity, -Infinity];
      for (const value of values) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      // A matrix of equal numbers has no range.
      const scale = max > min ? (max - min) / 255 : 1;
      const bytes = Uint8Array.from(values, (value) => Math.round((value - min) / scale));
      return { bytes, quantization: { dtype: 'uint8', scale, min } };
    }
  }
}

/** @throws ArchiveError if a stored weight stands for no finite number */
export function checkStored(spec: Spec, bytes: Bytes): void {
  if (spec.quantization?.dtype === 'uint8') return;
  if (spec.quantization?.dtype === 'float16') {
    const halves = new Uint16Array(bytes.slice().buffer);
    if (halves.some((half) => (half & 0x7c00) === 0x7c00)) throw notFinite(spec);
  } else checkFinite(spec, new Float32Array(bytes.slice().buffer));
}

function checkFinite(spec: Spec, values: Float32Array): void {
  if (values.some((value) => !Number.isFinite(value))) throw notFinite(spec);
}

const notFinite = ({ name }: Spec): ArchiveError =>
  new ArchiveError('weights', `The weights ${name} are not all finite numbers.`);
