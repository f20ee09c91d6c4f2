import type * as tf from '@tensorflow/tfjs';
import { ArchiveError } from './archive-error.ts';
import type { StrictJson } from './strict-json.ts';
import { checkStored } from './weights.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Spec = tf.io.WeightsManifestEntry;

const MAX_WEIGHTS = 500;
const MAX_RANK = 4;
const MAX_DIMENSION = 2 ** 31 - 1;
const WIDTHS = { float32: 4, float16: 2, uint8: 1 } as const;

/**
 * Reads the weights manifest of a `model.json` and holds it against the weights: their number of
 * bytes must be exact, and every one must stand for a finite number.
 *
 * @returns the entries, and how many numbers they hold in all
 * @throws ArchiveError
 */
export function readManifest(json: StrictJson, weights: Bytes): { specs: Spec[]; numbers: number } {
  const groups = json.array(1);
  if (groups.length !== 1) throw json.fail('an array of one group');
  const group = groups[0]!.only(['paths', 'weights']);
  const paths = group.get('paths').array(1);
  if (paths[0]?.value !== 'weights.bin') throw group.get('paths').fail('["weights.bin"]');
  const specs = group.get('weights').array(MAX_WEIGHTS).map(readSpec);
  const names = new Set(specs.map(({ name }) => name));
  if (names.size < specs.length) {
    throw new ArchiveError('weights', 'The weights manifest names a weight twice.');
  }
  const sizes = specs.map(({ shape }) => shape.reduce((size, dimension) => size * dimension, 1));
  const lengths = specs.map((spec, i) => sizes[i]! * widthOf(spec));
  const total = sum(lengths);
  if (total !== weights.length) {
    const message = `weights.bin has ${weights.length} bytes; its manifest describes ${total}.`;
    throw new ArchiveError('weights', message);
  }
  let at = 0;
  specs.forEach((spec, i) => checkStored(spec, weights.subarray(at, (at += lengths[i]!))));
  return { specs, numbers: sum(sizes) };
}

function readSpec(json: StrictJson): Spec {
  json.only(['name', 'shape', 'dtype', 'quantization']);
  const spec: Spec = {
    name: json.get('name').string(200),
    shape: json
      .get('shape')
      .array(MAX_RANK)
      .map((dimension) => dimension.integer(1, MAX_DIMENSION)),
    dtype: json.get('dtype').choice(['float32']),
  };
  const quantization = json.get('quantization');
  return quantization.exists ? { ...spec, quantization: readQuantization(quantization) } : spec;
}

function readQuantization(json: StrictJson): NonNullable<Spec['quantization']> {
  const dtype = json.get('dtype').choice(['float16', 'uint8']);
  if (dtype === 'float16') {
    json.only(['dtype']);
    return { dtype };
  }
  json.only(['dtype', 'scale', 'min']);
  return { dtype, scale: json.get('scale').number(), min: json.get('min').number() };
}

function widthOf({ quantization }: Spec): number {
  return WIDTHS[(quantization?.dtype ?? 'float32') as keyof typeof WIDTHS];
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
