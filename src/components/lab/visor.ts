/** The one door to tfjs-vis, which brings Vega with it: loaded when a reader opens the visor. */
import { render, show, visor } from '@tensorflow/tfjs-vis';
import type { RunStarted } from '../../client/index.ts';
import type { RunHistory } from './run-history.ts';

/** Opens the visor with the model's summary and the history of the run. */
export async function showRun(layers: RunStarted['layers'], history: RunHistory): Promise<void> {
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
  if (history.epochs.length === 0) return;
  const logs = history.epochs.map(({ training, validation }) => ({
    loss: training.loss,
    acc: training.accuracy,
    val_loss: validation.loss,
    val_acc: validation.accuracy,
  }));
  await show.history({ name: 'History', tab: 'Training' }, logs, [
    'loss',
    'val_loss',
    'acc',
    'val_acc',
  ]);
}
