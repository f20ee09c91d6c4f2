import * as tf from '@tensorflow/tfjs';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { createAdam } from '../../../src/core/training/adam.ts';
import { trainableVariables, trainStep } from '../../../src/core/training/step.ts';
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
  const train = async (model: tf.LayersModel): Promise<number> => {
    const adam = createAdam(trainableVariables(model), 1e-2);
    const { loss } = await trainStep(model, adam, batch);
    adam.dispose();
    return loss;
  };

  await startBackend(from);
  const model = makeClassifier(shape);
  const first = await train(model);
  const kept = await Promise.all(
    model
      .getWeights()
      .map(async (weight) => ({ shape: weight.shape, values: await weight.data() })),
  );
  await lose();
  const error = await train(model).then(
    () => 'none',
    (reason: unknown) => (reason as Error).name,
  );

  await startBackend(to);
  model.setWeights(kept.map(({ values, shape: size }) => tf.tensor(values, size)));
  const losses = [first, await train(model)];
  const alone = makeClassifier(shape);
  const expected = [await train(alone), await train(alone)];
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
