/**
 * Runs the WebGL kernels in a dedicated worker, as production does, and compares them with the
 * reference in float64.
 */
import * as tf from '@tensorflow/tfjs';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { ContextLostError } from '../../../src/core/kernels/webgl/context-lost-error.ts';
import { registerWebgl } from '../../../src/core/kernels/webgl/register-webgl.ts';
import { trainAndHold } from '../../unit/kernels/held-memory.ts';
import { relativeError } from '../../unit/kernels/recurrent-cases.ts';
import { answerMessages } from './answering.ts';
import type { Answering } from './answering.ts';
import { parity } from './parity.ts';
import { segmentCase } from './segment-case.ts';
import { stepErrors } from './step-errors.ts';
import { stepTiming, timing } from './timing-webgl.ts';

async function start(): Promise<void> {
  const registration = registerWebgl();
  if (!registration.registered) throw new Error(registration.detail);
  registerRecurrentCpu();
  registerRecurrentGradient();
  await tf.setBackend('webgl');
}

interface Backend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
  getTextureManager(): { getNumUsedTextures(): number };
}
const backend = (): Backend => tf.backend() as unknown as Backend;

/** What WebGL finds wrong, and textures that `work` leaves in use. */
async function complaintsOf(work: () => Promise<void>): Promise<string[]> {
  const { gpgpu } = backend();
  const used = backend().getTextureManager().getNumUsedTextures();
  await work();
  const left = backend().getTextureManager().getNumUsedTextures() - used;
  const error = gpgpu.gl.getError();
  return [
    ...(error === gpgpu.gl.NO_ERROR ? [] : [`WebGL error ${error}`]),
    ...(left === 0 ? [] : [`${left} textures left behind`]),
  ];
}

const ANSWERS: Answering = {
  parity: async ({ cases }) => {
    const results: Awaited<ReturnType<typeof parity>>[] = [];
    const complaints = await complaintsOf(async () => {
      for (const one of cases) results.push(await parity(one));
    });
    return { results, complaints };
  },
  timing: (question) => timing(question, question.repeats),
  step: (question) => stepErrors(question, 'webgl'),
  segmentSum: async (question) => {
    const { ids, columns, segments } = question;
    const { values, expected } = segmentCase(question);
    let error = Number.NaN;
    const complaints = await complaintsOf(async () => {
      const segmentIds = tf.tensor1d([...ids], 'int32');
      // A slice shares a texture, and starts somewhere in it.
      const longer = tf.tensor2d(
        [...new Float32Array(columns), ...values],
        [ids.length + 1, columns],
      );
      const x = longer.slice([1, 0]);
      const sums = tf.unsortedSegmentSum(x, segmentIds, segments);
      error = relativeError(await sums.data(), expected());
      tf.dispose([segmentIds, longer, x, sums]);
    });
    return { error, complaints };
  },
  hold: ({ steps }) => trainAndHold(steps),
  stepTiming: (question) => stepTiming(question, question.repeats),
  lose: async (question) => {
    await parity(question);
    backend().gpgpu.gl.getExtension('WEBGL_lose_context')!.loseContext();
    try {
      await parity(question);
      return { error: 'none', isDeviceLost: false };
    } catch (error) {
      return { error: String(error), isDeviceLost: error instanceof ContextLostError };
    }
  },
};

answerMessages(ANSWERS, start());
