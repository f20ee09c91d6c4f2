/** A problem that the person who runs the script can act on: shown as one sentence, without a stack. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
