/**
 * The browser took the WebGL context away: a driver reset, a sleep, or too many contexts. Tensors of
 * the `webgl` backend are gone with it; training can go on from a checkpoint on a new backend.
 */
export class ContextLostError extends Error {
  override readonly name = 'ContextLostError';

  constructor(kernel: string) {
    super(`${kernel}: the WebGL context is lost`);
  }
}
