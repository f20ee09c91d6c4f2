import * as tf from '@tensorflow/tfjs';
import { beforeEach, expect, test } from 'vitest';
import { RECURRENT_BACKWARD, RECURRENT_FORWARD } from '../../../src/core/kernels/spec/recurrent.ts';
import { registerWebgl } from '../../../src/core/kernels/webgl/register-webgl.ts';

const registered = () =>
  [RECURRENT_FORWARD, RECURRENT_BACKWARD].filter((name) => tf.getKernel(name, 'webgl'));

beforeEach(() => {
  for (const name of registered()) tf.unregisterKernel(name, 'webgl');
});

function pretend(version: number, float32: boolean): void {
  tf.env().set('WEBGL_VERSION', version);
  tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', float32);
}

test.each([
  [0, false, 'no-webgl2'],
  [1, true, 'no-webgl2'],
  [2, false, 'no-float32-textures'],
] as const)('WebGL %d, float32 %s: refused for %s', (version, float32, reason) => {
  pretend(version, float32);
  expect(registerWebgl()).toMatchObject({ registered: false, reason });
  expect(registered()).toEqual([]);
});

test('WebGL 2 with float32 gets the kernels, once', () => {
  pretend(2, true);
  const stock = tf.getKernel('UnsortedSegmentSum', 'webgl').kernelFunc;
  expect(registerWebgl()).toEqual({ registered: true });
  expect(registered()).toEqual([RECURRENT_FORWARD, RECURRENT_BACKWARD]);
  expect(tf.env().getNumber('WEBGL_DELETE_TEXTURE_THRESHOLD')).toBe(512 * 2 ** 20);
  const ours = tf.getKernel('UnsortedSegmentSum', 'webgl').kernelFunc;
  expect(ours).not.toBe(stock);
  expect(registerWebgl()).toEqual({ registered: true });
  expect(tf.getKernel('UnsortedSegmentSum', 'webgl').kernelFunc).toBe(ours);
});
