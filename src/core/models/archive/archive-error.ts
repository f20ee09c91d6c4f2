/** What is wrong with an archive. */
export type ArchiveFault =
  /** No readable zip, or one that breaks off. */
  | 'zip'
  /** A file is missing, comes twice, or has no business in an archive. */
  | 'files'
  /** Larger than any model of this site. */
  | 'size'
  /** Written in another version of the format. */
  | 'version'
  /** A file that is not what its name says. */
  | 'content'
  /** A file that does not belong to the others. */
  | 'mismatch'
  | 'weights'
  | 'topology';

/** A model archive that can't be used; the message says which part of it and why. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly fault: ArchiveFault;

  constructor(fault: ArchiveFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
