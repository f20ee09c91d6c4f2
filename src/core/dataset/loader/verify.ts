import { DataError, messageOf } from './errors.ts';
import type { DataFile } from '../types.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Whether bytes start as every gzip file does (RFC 1952: 0x1f 0x8b). */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Checks a file as it came over the wire and unpacks it.
 *
 * Size and SHA-256 are those of the compressed bytes. Without `crypto.subtle` (pages served over
 * plain http from another host have none) gzip's own CRC-32 and length still guard the content.
 *
 * @throws DataError of kind `corrupt`, or of kind `format` when the bytes are no gzip file at all:
 * a host that unpacked it on the way, or that sent a web page in its place.
 */
export async function verifyAndUnpack(file: DataFile, bytes: Bytes): Promise<Bytes> {
  const problem = await mismatch(file, bytes);
  if (problem === undefined) {
    try {
      return await gunzip(bytes);
    } catch (error) {
      const detail = `arrived damaged (gzip: ${messageOf(error)})`;
      throw new DataError('corrupt', file.file, detail, { cause: error });
    }
  }
  if (bytes.length > 0 && !isGzip(bytes)) {
    const detail = 'was sent in another form than it is stored in (unpacked, or a page instead)';
    throw new DataError('format', file.file, detail);
  }
  throw new DataError('corrupt', file.file, `arrived damaged (${problem})`);
}

async function mismatch(file: DataFile, bytes: Bytes): Promise<string | undefined> {
  if (bytes.length !== file.bytes) {
    return `${bytes.length} bytes instead of ${file.bytes}`;
  }
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex === file.sha256 ? undefined : 'its SHA-256 differs from the manifest';
}

async function gunzip(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
