/**
 * Runs the WebGPU kernels in a dedicated worker, as production does, and compares them with the
 * reference in float64. Answers each message with `{ id, value }` or `{ id, error }`.
 */
import { DeviceLostError } from '../../../src/core/kernels/webgpu/device-lost-error.ts';
import { registerWebgpu } from '../../../src/core/kernels/webgpu/register-webgpu.ts';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { relativeError } from '../../unit/kernels/recurrent-cases.ts';
import { parity } from './parity.ts';
import { stepTiming, timing } from './timing.ts';
import { makeStep } from './training-step.ts';
import type { Answers, Question } from './protocol.ts';

const complaints: string[] = [];

async function start(): Promise<void> {
  await tf.setBackend('webgpu');
  registerWebgpu();
  registerRecurrentCpu();
  registerRecurrentGradient();
  device().onuncapturederror = ({ error }) => complaints.push(error.message);
}

const device = (): GPUDevice => (tf.backend() as unknown as { device: GPUDevice }).device;

const ANSWERS: { [Kind in keyof Answers]: (question: Question<Kind>) => Promise<Answers[Kind]> } = {
  parity: async ({ cases }) => {
    const results = [];
    for (const one of cases) results.push(await parity(one));
    return { results, complaints: complaints.splice(0) };
  },
  timing: ({ shape, attrs, repeats }) => timing(shape, attrs, repeats),
  step: async ({ attrs, shape }) => {
    const { names, run } = makeStep(attrs, shape);
    const read = async (backend: string) => {
      await tf.setBackend(backend);
      const tensors = run();
      const values = await Promise.all(tensors.map((tensor) => tensor.data()));
      tf.dispose(tensors);
      return values;
    };
    const expected = await read('cpu');
    const actual = await read('webgpu');
    return Object.fromEntries(
      names.map((name, index) => [name, relativeError(actual[index]!, expected[index]!)]),
    );
  },
  segmentSum: async ({ ids, columns, segments }) => {
    const values = Float32Array.from({ length: ids.length * columns }, (_, i) => Math.sin(i));
    const [x, segmentIds] = [
      tf.tensor2d(values, [ids.length, columns]),
      tf.tensor1d([...ids], 'int32'),
    ];
    // Memory is used again: what the first sum leaves there must not show in the second.
    const others = tf.add(segmentIds, tf.scalar(1, 'int32')) as tf.Tensor1D;
    tf.dispose(tf.unsortedSegmentSum(x, others, segments));
    const sums = tf.unsortedSegmentSum(x, segmentIds, segments);
    const expected = new Float64Array(segments * columns);
    for (const [row, id] of ids.entries()) {
      if (id < 0 || id >= segments) continue;
      for (let j = 0; j < columns; j++) expected[id * columns + j]! += values[row * columns + j]!;
    }
    const error = relativeError(await sums.data(), expected);
    tf.dispose([x, segmentIds, others, sums]);
    return { error, complaints: complaints.splice(0) };
  },
  stepTiming: ({ attrs, shape, repeats }) => stepTiming(attrs, shape, repeats),
  lose: async ({ shape, attrs }) => {
    await parity({ shape, attrs });
    const gone = device().lost;
    device().destroy();
    await gone;
    try {
      await parity({ shape, attrs });
      return { error: 'none', isDeviceLost: false };
    } catch (error) {
      return { error: String(error), isDeviceLost: error instanceof DeviceLostError };
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
