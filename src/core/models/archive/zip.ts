import { Unzip, UnzipInflate, zipSync } from 'fflate';
import type { UnzipFile } from 'fflate';
import { ArchiveError } from './archive-error.ts';
import { checkComplete, checkFileName, checkFileSize, FILE_LIMITS, FILE_NAMES } from './files.ts';
import type { ArchiveFiles, FileName } from './files.ts';

/** Largest file that is read at all: every part at its limit, and the zip's own records. */
const MAX_ZIP = Object.values(FILE_LIMITS).reduce((sum, limit) => sum + limit, 2 ** 12);
/** JSON of ours shrinks to a third or so. What shrinks more than this was made to. */
const MAX_RATIO = 100;
/** Bytes that are unpacked at a time, and so what a false size can cost. */
const CHUNK = 2 ** 14;
/** End of a zip's directory: "PK\5\6", a comment of length 0. */
const END_BYTES = 22;
const END_SIGNATURE = [0x50, 0x4b, 5, 6];

type Bytes = Uint8Array<ArrayBuffer>;

/** Packs an archive into one zip. Weights hardly shrink, so they are stored as they are. */
export function writeZip(files: ArchiveFiles): Bytes {
  const level = (name: FileName): 0 | 6 => (name === 'weights.bin' ? 0 : 6);
  return zipSync(
    Object.fromEntries(FILE_NAMES.map((name) => [name, [files[name], { level: level(name) }]])),
  ) as Bytes;
}

/**
 * Unpacks a zip that {@link writeZip} made; trusts nothing in it. Names, number and declared sizes of
 * the files are checked before anything is unpacked, and unpacking ends where a size was false.
 *
 * @throws ArchiveError
 */
export function readZip(zip: Uint8Array): ArchiveFiles {
  if (zip.length > MAX_ZIP) {
    throw new ArchiveError('size', `The archive has ${zip.length} bytes; the limit is ${MAX_ZIP}.`);
  }
  checkEnd(zip);
  const files: Partial<Record<FileName, Bytes>> = {};
  const open: { name: FileName; bytes: Bytes; at: number; whole: boolean }[] = [];
  const unzip = new Unzip((entry) => {
    const name = checkFileName(entry.name);
    if (files[name]) throw new ArchiveError('files', `The archive has ${name} twice.`);
    const size = declaredSize(name, zip.length, entry);
    const file = { name, bytes: new Uint8Array(size), at: 0, whole: false };
    files[name] = file.bytes;
    open.push(file);
    entry.ondata = (error, chunk, final) => {
      if (error) throw error;
      if (file.at + chunk.length > size) {
        throw new ArchiveError('size', `${name} holds more than the ${size} bytes it declares.`);
      }
      file.bytes.set(chunk, file.at);
      file.at += chunk.length;
      file.whole = final && file.at === size;
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < zip.length; at += CHUNK) {
      unzip.push(zip.subarray(at, at + CHUNK), at + CHUNK >= zip.length);
    }
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new ArchiveError('zip', `The zip is damaged: ${detail}.`, { cause: error });
  }
  const broken = open.find(({ whole }) => !whole);
  if (broken) throw new ArchiveError('zip', `${broken.name} breaks off in the archive.`);
  return checkComplete(files);
}

/** A zip that breaks off lacks its end; one that holds other files than four says so there. */
function checkEnd(zip: Uint8Array): void {
  const end = zip.length - END_BYTES;
  if (end < 0 || END_SIGNATURE.some((byte, i) => zip[end + i] !== byte)) {
    throw new ArchiveError('zip', 'This is no zip, or one that breaks off.');
  }
  const entries = zip[end + 10]! + 256 * zip[end + 11]!;
  if (entries !== FILE_NAMES.length) {
    const message = `The archive has ${entries} files, not ${FILE_NAMES.length}.`;
    throw new ArchiveError('files', message);
  }
}

function declaredSize(
  name: FileName,
  available: number,
  { size: packed, originalSize: unpacked }: UnzipFile,
): number {
  if (packed === undefined || unpacked === undefined || packed > available) {
    throw new ArchiveError('zip', `${name} does not declare its size, or a false one.`);
  }
  checkFileSize(name, unpacked);
  if (unpacked > MAX_RATIO * Math.max(packed, 1)) {
    const message = `${name} would unpack ${packed} bytes to ${unpacked}; the limit is ${MAX_RATIO} times as many.`;
    throw new ArchiveError('size', message);
  }
  return unpacked;
}
