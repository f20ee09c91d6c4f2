import { BackendFailure } from '../spec/backend-failure.ts';

/**
 * The browser took the WebGL context away: a driver reset, a sleep, or too many contexts. Tensors of
 * the `webgl` backend are gone with it; training can go on from a checkpoint on a new backend.
 */
export class ContextLostError extends BackendFailure {
  override readonly name = 'ContextLostError';
  readonly lost = true;

  /** @param kernel whose call found out, if one did */
  constructor(kernel?: string) {
    super(kernel ? `${kernel}: the WebGL context is lost` : 'The WebGL context is lost');
  }
}
