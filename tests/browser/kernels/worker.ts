/**
 * Runs the WebGPU kernels in a dedicated worker, as production does, and compares them with the
 * reference in float64.
 */
import { DeviceLostError } from '../../../src/core/kernels/webgpu/device-lost-error.ts';
import { registerWebgpu } from '../../../src/core/kernels/webgpu/register-webgpu.ts';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { trainAndHold } from '../../unit/kernels/held-memory.ts';
import { relativeError } from '../../unit/kernels/recurrent-cases.ts';
import { answerMessages } from './answering.ts';
import type { Answering } from './answering.ts';
import { matMulErrors } from './mat-mul-case.ts';
import { parity } from './parity.ts';
import { segmentCase } from './segment-case.ts';
import { stepErrors } from './step-errors.ts';
import { stepTiming, timing } from './timing.ts';

const complaints: string[] = [];

async function start(): Promise<void> {
  await tf.setBackend('webgpu');
  registerWebgpu();
  registerRecurrentCpu();
  registerRecurrentGradient();
  device().onuncapturederror = ({ error }) => complaints.push(error.message);
}

const device = (): GPUDevice => (tf.backend() as unknown as { device: GPUDevice }).device;

const ANSWERS: Answering = {
  parity: async ({ cases }) => {
    const results = [];
    for (const one of cases) results.push(await parity(one));
    return { results, complaints: complaints.splice(0) };
  },
  timing: ({ shape, attrs, repeats }) => timing(shape, attrs, repeats),
  step: (question) => stepErrors(question, 'webgpu'),
  segmentSum: async (question) => {
    const { ids, columns, segments } = question;
    const { values, expected } = segmentCase(question);
    const [x, segmentIds] = [
      tf.tensor2d(values, [ids.length, columns]),
      tf.tensor1d([...ids], 'int32'),
    ];
    // Memory is used again: what the first sum leaves there must not show in the second.
    const others = tf.add(segmentIds, tf.scalar(1, 'int32')) as tf.Tensor1D;
    tf.dispose(tf.unsortedSegmentSum(x, others, segments));
    const sums = tf.unsortedSegmentSum(x, segmentIds, segments);
    const error = relativeError(await sums.data(), expected());
    tf.dispose([x, segmentIds, others, sums]);
    return { error, complaints: complaints.splice(0) };
  },
  hold: ({ steps }) => trainAndHold(steps),
  matMul: async (question) => ({
    ...(await matMulErrors(question)),
    complaints: complaints.splice(0),
  }),
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

answerMessages(ANSWERS, start());
