import { ConnectionError } from './connection.ts';
import { checkStatus, request } from './request.ts';
import type { RequestOptions } from './request.ts';
import type { DataFile } from '../types.ts';

/** What has come of one file so far. It outlives a broken connection, so that the rest suffices. */
export interface PartialFile {
  /** Room for the file and one byte more, which tells a file that is too long. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  received: number;
}

/** Room for a file of the size that the manifest gives. */
export function emptyPartial(file: DataFile): PartialFile {
  return { bytes: new Uint8Array(file.bytes + 1), received: 0 };
}

/**
 * Fetches one file into `partial`, or the rest of it with an HTTP Range request when some of it is
 * there already (RFC 9110, section 14). A server that does not know ranges sends the whole again.
 *
 * @param onBytes called after each piece.
 * @returns the bytes: fewer than expected when the server ended early, one more when it sent more;
 * the caller checks size and hash.
 * @throws ConnectionError (what came stays in `partial`), DataError of kind `missing`, or the
 * signal's reason.
 */
export async function download(
  partial: PartialFile,
  options: RequestOptions,
  onBytes: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes } = partial;
  const from = partial.received;
  if (from >= bytes.length - 1) return bytes.subarray(0, from);
  const headers: Record<string, string> = from > 0 ? { Range: `bytes=${from}-` } : {};
  return request({ ...options, headers }, async (response, step) => {
    const { status } = response;
    if (status !== 416) checkStatus(response, options.file);
    if (!continues(response, from)) partial.received = 0;
    if (status === 416 || (status === 206 && partial.received === 0)) {
      throw new ConnectionError(`unsuitable range, HTTP ${status}`);
    }
    const reader = response.body?.getReader();
    if (reader === undefined) return bytes.subarray(0, partial.received);
    while (partial.received < bytes.length) {
      const { done, value } = await step(reader.read());
      if (done) break;
      const piece = value.subarray(0, bytes.length - partial.received);
      bytes.set(piece, partial.received);
      partial.received += piece.length;
      onBytes();
    }
    return bytes.subarray(0, partial.received);
  });
}

/** Whether a response holds the file from byte `from` on. */
function continues(response: Response, from: number): boolean {
  const start = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  return response.status === 206 && Number(start) === from;
}
