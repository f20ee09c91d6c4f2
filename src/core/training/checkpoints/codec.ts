import type { Checkpoint } from './checkpoint.ts';

/** A file is no checkpoint, is of another version, or is cut short. */
export class CheckpointFormatError extends Error {
  override readonly name = 'CheckpointFormatError';
}

const MAGIC = 0x4b_43_4e_55; // "UNCK", little-endian.
const VERSION = 1;
/** Magic, version, length of the JSON, length of the numbers; each uint32, lengths in bytes. */
const HEADER = 16;
const KEY = '$float32';

/**
 * A checkpoint as bytes: a header, JSON padded with spaces to a multiple of four bytes, and the
 * numbers, float32 in little-endian. In the JSON, `{"$float32": [offset, length]}` stands for an array.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const arrays: Float32Array[] = [];
  let numbers = 0;
  const json = JSON.stringify(checkpoint, (_, value: unknown) => {
    if (!(value instanceof Float32Array)) return value;
    const reference = { [KEY]: [numbers, value.length] };
    arrays.push(value);
    numbers += value.length;
    return reference;
  });
  const text = new TextEncoder().encode(json);
  const textBytes = Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(HEADER + textBytes + numbers * 4);
  new Uint32Array(bytes.buffer, 0, 4).set([MAGIC, VERSION, textBytes, numbers * 4]);
  bytes.fill(0x20, HEADER, HEADER + textBytes);
  bytes.set(text, HEADER);
  const payload = new Float32Array(bytes.buffer, HEADER + textBytes);
  let at = 0;
  for (const array of arrays) {
    payload.set(array, at);
    at += array.length;
  }
  return bytes;
}

/**
 * Reads what {@link encodeCheckpoint} wrote. The arrays are views on one copy of the bytes.
 *
 * @throws CheckpointFormatError naming what is wrong
 */
export function decodeCheckpoint(source: Uint8Array): Checkpoint {
  const bytes = source.slice();
  if (bytes.length < HEADER) throw new CheckpointFormatError('The checkpoint is cut short.');
  const [magic, version, textBytes, payloadBytes] = new Uint32Array(bytes.buffer, 0, 4);
  if (magic !== MAGIC) throw new CheckpointFormatError('This is no checkpoint.');
  if (version !== VERSION) {
    throw new CheckpointFormatError(
      `The checkpoint has version ${version}; this page reads version ${VERSION}.`,
    );
  }
  const whole = HEADER + textBytes! + payloadBytes!;
  if (bytes.length !== whole) {
    throw new CheckpointFormatError(
      `The checkpoint has ${bytes.length} bytes, but its header says ${whole}.`,
    );
  }
  const payload = new Float32Array(bytes.buffer, HEADER + textBytes!, payloadBytes! / 4);
  const text = new TextDecoder().decode(bytes.subarray(HEADER, HEADER + textBytes!));
  return parse(text, payload);
}

function parse(text: string, payload: Float32Array): Checkpoint {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      const reference = (value as Partial<Record<typeof KEY, [number, number]>> | null)?.[KEY];
      if (!reference) return value;
      const [offset, length] = reference;
      return payload.subarray(offset, offset + length);
    }) as Checkpoint;
  } catch (error) {
    throw new CheckpointFormatError('The checkpoint can’t be read.', { cause: error });
  }
}
