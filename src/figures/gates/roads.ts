/** The two roads by which an LSTM's cell comes from one word to the next. */
import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../core/dataset/batch/batcher.ts';
import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import { VALVES } from '../../core/inspect/clamp-gate.ts';
import type { Valve } from '../../core/inspect/clamp-gate.ts';
import { inspectReview } from '../../core/inspect/inspect-review.ts';
import { GATE_NAMES, recurrentLayers } from '../../core/inspect/recurrent-layers.ts';
import type { GateName } from '../../core/inspect/recurrent-layers.ts';
import { readerOf } from '../../core/inspect/text-reader.ts';
import { readReview } from '../../core/inspect/timesteps.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';
import { evaluate } from '../../core/training/evaluation/evaluate.ts';

/** Mean of each gate of each unit over some reviews: [U] each. */
export type MeanGates = Readonly<Record<Valve, readonly number[]>>;

/** Reads the first validation reviews and takes the mean of each gate of each unit. */
export async function meanGates(
  dataset: Dataset,
  trained: TrainedModel,
  reviews: number,
): Promise<MeanGates> {
  const reader = readerOf(trained);
  const { rows } = dataset.table('validation');
  const { units } = recurrentLayers(trained.model)[0]!;
  const sums = { f: zeros(units), i: zeros(units), o: zeros(units) };
  let steps = 0;
  for (const row of rows.subarray(0, reviews)) {
    const text = await dataset.text(dataset.positionOf(row)!);
    const review = readReview(reader, trained.preprocessing, text);
    const { first, length } = review.row;
    const { gates } = (await inspectReview(trained, review)).layers[0]!;
    for (const name of VALVES) {
      const { values } = gates.find((gate) => gate.name === name)!;
      values
        .subarray(first * units, (first + length) * units)
        .forEach((value, at) => (sums[name][at % units]! += value));
    }
    steps += length;
  }
  const over = (values: readonly number[]): number[] => values.map((sum) => sum / steps);
  return { f: over(sums.f), i: over(sums.i), o: over(sums.o) };
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

/** Accuracy of a model while some gates of its first layer, an LSTM, are deaf to the state before. */
export async function accuracyWithoutLoop(
  { model }: TrainedModel,
  deaf: readonly GateName[],
  batches: readonly Batch[],
): Promise<number> {
  const { units, variables } = recurrentLayers(model)[0]!;
  const { recurrentKernel } = variables;
  const before = recurrentKernel.clone();
  const hears = Array.from({ length: 4 * units }, (_, column) =>
    deaf.includes(GATE_NAMES.LSTM[Math.floor(column / units)]!) ? 0 : 1,
  );
  try {
    tf.tidy(() => recurrentKernel.assign(recurrentKernel.mul(tf.tensor1d(hears))));
    return (await evaluate(model, batches))!.accuracy;
  } finally {
    recurrentKernel.assign(before);
    before.dispose();
  }
}
