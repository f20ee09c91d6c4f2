/** A call that came at the wrong time. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
}
