/**
 * Why a data file could not be used: not on the server, damaged in transit, no answer from the
 * network, or sound bytes in a form that this code does not read.
 */
export type DataErrorKind = 'missing' | 'corrupt' | 'offline' | 'format';

const ADVICE: Readonly<Record<DataErrorKind, string>> = {
  missing: 'Reload the page: the site may have been updated meanwhile.',
  corrupt: 'Reload the page to fetch it again.',
  offline: 'Check the connection, then try again or reload the page.',
  format: 'Reload the page; if that does not help, the site was published with unsuitable data.',
};

/** A data file could not be loaded. The message names the file and what the reader can do. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly kind: DataErrorKind;
  readonly file: string;

  /** @param problem what happened, as the end of a sentence that starts with the file's name. */
  constructor(kind: DataErrorKind, file: string, problem: string, options?: ErrorOptions) {
    super(`${file} ${problem}. ${ADVICE[kind]}`, options);
    this.kind = kind;
    this.file = file;
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
