/**
 * Runs the WebGL kernels in a dedicated worker, as production does, and compares them with the
 * reference in float64. Answers each message with `{ id, value }` or `{ id, error }`.
 */
import * as tf from '@tensorflow/tfjs';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { ContextLostError } from '../../../src/core/kernels/webgl/context-lost-error.ts';
import { registerWebgl } from '../../../src/core/kernels/webgl/register-webgl.ts';
import { relativeError } from '../../unit/kernels/recurrent-cases.ts';
import { parity } from './parity.ts';
import type { Answers, Question } from './protocol.ts';
import { stepTiming, timing } from './timing-webgl.ts';
import { makeStep } from './training-step.ts';

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

/** Loss and gradients of one training step. */
async function readStep(run: () => tf.Tensor[], name: string) {
  await tf.setBackend(name);
  const tensors = run();
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  tf.dispose(tensors);
  return values;
}

const ANSWERS: { [Kind in keyof Answers]: (question: Question<Kind>) => Promise<Answers[Kind]> } = {
  parity: async ({ cases }) => {
    const results: Awaited<ReturnType<typeof parity>>[] = [];
    const complaints = await complaintsOf(async () => {
      for (const one of cases) results.push(await parity(one));
    });
    return { results, complaints };
  },
  timing: (question) => timing(question, question.repeats),
  step: async ({ attrs, shape }) => {
    const { names, run } = makeStep(attrs, shape);
    const expected = await readStep(run, 'cpu');
    const actual = await readStep(run, 'webgl');
    return Object.fromEntries(
      names.map((name, index) => [name, relativeError(actual[index]!, expected[index]!)]),
    );
  },
  segmentSum: async ({ ids, columns, segments }) => {
    const values = Float32Array.from({ length: ids.length * columns }, (_, i) => Math.sin(i));
    const expected = new Float64Array(segments * columns);
    for (const [row, id] of ids.entries()) {
      if (id < 0 || id >= segments) continue;
      for (let j = 0; j < columns; j++) expected[id * columns + j]! += values[row * columns + j]!;
    }
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
      error = relativeError(await sums.data(), expected);
      tf.dispose([segmentIds, longer, x, sums]);
    });
    return { error, complaints };
  },
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

const started = start();

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  try {
    await started;
    const answer = ANSWERS[data.kind] as (question: Question) => Promise<unknown>;
    self.postMessage({ id: data.id, value: await answer(data) });
  } catch (error) {
    self.postMessage({ id: data.id, error: String((error as Error).stack ?? error) });
  }
};
