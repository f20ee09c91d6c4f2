import * as tf from '@tensorflow/tfjs';
import { BackendFailure } from './spec/backend-failure.ts';
import type { WebglBackend } from './webgl/backend.ts';
import { contextLost } from './webgl/backend.ts';
import type { WebgpuBackend } from './webgpu/backend.ts';
import { liveDevice, watchDevice } from './webgpu/backend.ts';

type OnLost = (failure: BackendFailure) => void;

/** Who waits for news of a backend. Its promise lives as long as it does, so each waiter can leave. */
interface Watch {
  readonly waiting: Set<OnLost>;
  failure?: BackendFailure;
}
const watches = new WeakMap<object, Watch>();

/**
 * A tensor's values, like its `data()`. Where a graphics card is lost, that fails in words of its own,
 * or never answers.
 *
 * @throws BackendFailure if the backend fails meanwhile
 */
export function readValues(tensor: tf.Tensor): Promise<Float32Array> {
  const { waiting, failure } = watchBackend();
  return new Promise((resolve, reject) => {
    if (failure) return reject(failure);
    waiting.add(reject);
    const read = async (): Promise<Float32Array> => {
      const values = await tensor.data<'float32'>();
      checkDevice();
      return values;
    };
    read()
      .then(resolve, async (error: unknown) => reject((await backendFailure(error)) ?? error))
      .finally(() => waiting.delete(reject));
  });
}

/**
 * The failure of the current backend behind an error, which may have come from a kernel that does
 * not know of it; undefined if the backend still works.
 */
export async function backendFailure(error: unknown): Promise<BackendFailure | undefined> {
  if (error instanceof BackendFailure) return error;
  const watch = watchBackend();
  // The news of a loss is an event of its own, and may come after the errors that it causes.
  await new Promise((resolve) => setTimeout(resolve, NEWS_AFTER));
  return watch.failure;
}

/** Milliseconds. */
const NEWS_AFTER = 20;

function watchBackend(): Watch {
  const backend = tf.backend();
  const known = watches.get(backend);
  if (known) return known;
  const watch: Watch = { waiting: new Set() };
  watches.set(backend, watch);
  void loss()?.then((failure) => {
    watch.failure = failure;
    for (const tell of watch.waiting) tell(failure);
  });
  return watch;
}

/** Resolves when the current backend's graphics card is gone. */
function loss(): Promise<BackendFailure> | undefined {
  const backend: unknown = tf.backend();
  if (tf.getBackend() === 'webgpu') return watchDevice(backend as WebgpuBackend).lost;
  if (tf.getBackend() === 'webgl') return contextLost(backend as WebglBackend);
  return undefined;
}

/** @throws BackendFailure if WebGPU's device is gone or had no memory for what is being read */
function checkDevice(): void {
  if (tf.getBackend() === 'webgpu') liveDevice(tf.backend() as unknown as WebgpuBackend);
}
