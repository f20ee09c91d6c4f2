/** Starts backends as production does, and takes them away in the middle of a run. */
import * as tf from '@tensorflow/tfjs';
import { chooseBackend } from '../../../src/core/kernels/choose-backend.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { brokenRun, plainRun } from '../../unit/kernels/fall-back-run.ts';
import { answerMessages } from './answering.ts';
import type { Question } from './protocol.ts';

const breaks = {
  webgpu: {
    device: () => webgpu().destroy(),
    // What WebGPU sends when a buffer can't be made.
    memory: () => {
      const error = new GPUOutOfMemoryError('no room for a buffer');
      webgpu().dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
    },
  },
  webgl: {
    device: () => webgl().getExtension('WEBGL_lose_context')!.loseContext(),
    memory: undefined,
  },
};

const webgpu = (): GPUDevice => (tf.backend() as unknown as { device: GPUDevice }).device;
const webgl = () => (tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu.gl;

async function fallBack({ from, loses }: Question<'fallBack'>) {
  await startBackend('cpu');
  const expected = await plainRun();
  await startBackend(from);
  const run = await brokenRun(breaks[from][loses]!);
  const refusal = await chooseBackend(from).then(
    ({ backend }) => `runs on ${backend}`,
    (error: Error) => `${error.name}: ${error.message}`,
  );
  return { ...run, expected, refusal };
}

answerMessages({ fallBack }, Promise.resolve());
