/** The one door to tfjs-vis, which brings Vega with it: loaded when a reader opens the visor. */
import { render, show, visor } from '@tensorflow/tfjs-vis';
import type { RunStarted } from '../../client/index.ts';
import type { RunLog } from './run-log.ts';

/** Opens the visor with the model's summary and the history of the run. */
export async function showRun(layers: RunStarted['layers'], log: RunLog): Promise<void> {
  const panel = visor();
  if (!panel.isOpen()) panel.open();
  render.table(
    { name: 'Model summary', tab: 'Model' },
    {
      headers: ['Layer', 'Output shape', 'Parameters'],
      values: layers.map(({ name, className, outputShape, parameters }) => [
        `${name} (${className})`,
        `[${outputShape.map((size) => size ?? 'batch').join(', ')}]`,
        parameters,
      ]),
    },
  );
  if (log.epochs.length === 0) return;
  const epochs = log.epochs.map(({ training, validation }) => ({
    loss: training.loss,
    acc: training.accuracy,
    val_loss: validation?.loss ?? Number.NaN,
    val_acc: validation?.accuracy ?? Number.NaN,
  }));
  await show.history({ name: 'History', tab: 'Training' }, epochs, [
    'loss',
    'val_loss',
    'acc',
    'val_acc',
  ]);
}
