/**
 * TensorFlow.js as cells get it: the real library with our fused layers. On the page it runs in plain
 * JavaScript, for small tensors and for building models; training belongs to the worker.
 */
import * as tf from '@tensorflow/tfjs';
import { startBackend } from '../../core/kernels/register.ts';
import '../../core/layers/index.ts';

await startBackend('cpu');

export { tf };
