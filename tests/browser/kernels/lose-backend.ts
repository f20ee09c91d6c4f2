import * as tf from '@tensorflow/tfjs';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { makeClassifier } from './classifier.ts';
import type { Answers, Question } from './protocol.ts';
import { makeBatch } from './training-step.ts';

/** Trains on a backend until the browser takes it away, then goes on with the same weights on another. */
export async function loseAndGoOn({
  from,
  to,
  shape,
}: Question<'loseAndGoOn'>): Promise<Answers['loseAndGoOn']> {
  await import('../../../src/core/layers/index.ts');
  const batch = makeBatch(shape);

  await startBackend(from);
  const before = makeClassifier(shape);
  const first = await before.train(batch);
  const kept = await Promise.all(
    before.model.getWeights().map(async (weight) => ({ weight, values: await weight.data() })),
  );
  await lose();
  const error = await before.train(batch).then(
    () => 'none',
    (reason: unknown) => (reason as Error).name,
  );

  await startBackend(to);
  const after = makeClassifier(shape);
  after.model.setWeights(kept.map(({ values, weight }) => tf.tensor(values, weight.shape)));
  const losses = [first, await after.train(batch), await after.train(batch)];
  const alone = makeClassifier(shape);
  const expected = [await alone.train(batch), await alone.train(batch)];
  return { error, losses, expected };
}

/** Takes the current backend's GPU away. */
async function lose(): Promise<void> {
  const { device, gpgpu } = tf.backend() as unknown as {
    readonly device?: GPUDevice;
    readonly gpgpu?: { readonly gl: WebGL2RenderingContext };
  };
  device?.destroy();
  await device?.lost;
  gpgpu?.gl.getExtension('WEBGL_lose_context')!.loseContext();
}
