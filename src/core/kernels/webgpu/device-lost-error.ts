import { BackendFailure } from '../spec/backend-failure.ts';

/**
 * The browser took the GPU away: a driver reset, a sleep, or a watchdog. Tensors of the `webgpu`
 * backend are gone with it; training can go on from a checkpoint on a new backend.
 */
export class DeviceLostError extends BackendFailure {
  override readonly name = 'DeviceLostError';
  readonly lost = true;
  /** WebGPU's word for it: `destroyed` if the page did it, else `unknown`. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(`The WebGPU device is lost (${reason})${message === '' ? '' : `: ${message}`}`);
    this.reason = reason;
  }
}
