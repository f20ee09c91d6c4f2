import { ArchiveError } from './archive-error.ts';

const MIB = 2 ** 20;

/** The files of an archive, each with the most bytes that it may have. */
export const FILE_LIMITS = {
  'model.json': MIB,
  'weights.bin': 128 * MIB,
  'preprocessing.json': MIB / 16,
  'vocabulary.json': 16 * MIB,
} as const;

export type FileName = keyof typeof FILE_LIMITS;
export const FILE_NAMES = Object.keys(FILE_LIMITS) as FileName[];

type Bytes = Uint8Array<ArrayBuffer>;
export type ArchiveFiles = Readonly<Record<FileName, Bytes>>;

/** @throws ArchiveError unless the name is one of an archive's four */
export function checkFileName(name: string): FileName {
  if ((FILE_NAMES as string[]).includes(name)) return name as FileName;
  throw new ArchiveError(
    'files',
    `An archive holds ${FILE_NAMES.join(', ')}, not ${JSON.stringify(name.slice(0, 60))}.`,
  );
}

/** @throws ArchiveError if a file of this name may not be as large */
export function checkFileSize(name: FileName, bytes: number): void {
  const limit = FILE_LIMITS[name];
  if (bytes <= limit) return;
  throw new ArchiveError('size', `${name} has ${bytes} bytes; the limit is ${limit}.`);
}

/** @throws ArchiveError naming the first file that is missing */
export function checkComplete(files: Partial<ArchiveFiles>): ArchiveFiles {
  const missing = FILE_NAMES.find((name) => !files[name]);
  if (missing) throw new ArchiveError('files', `The archive lacks ${missing}.`);
  return files as ArchiveFiles;
}
