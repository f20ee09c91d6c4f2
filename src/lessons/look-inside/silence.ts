import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import { withoutUnits } from '../../core/inspect/knock-out.ts';
import { recurrentLayers } from '../../core/inspect/recurrent-layers.ts';
import { sampleBatches } from '../../core/inspect/sample-batches.ts';
import { readerOf } from '../../core/inspect/text-reader.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';
import { reviewsOf } from '../../core/pipeline/sample.ts';
import { evaluate } from '../../core/training/evaluation/evaluate.ts';

/** How a network does while some of its units are silent. */
export interface Silenced {
  /** Silent units. */
  readonly count: number;
  readonly accuracy: number;
}

/** What silencing the loudest units costs. */
export interface Silence {
  /** The units, from 0, by the size of their weight in the verdict, the largest first. */
  readonly loudest: readonly number[];
  /** Reviews that were judged. */
  readonly reviews: number;
  readonly steps: readonly Silenced[];
}

/** Judges the first validation reviews while more and more of the loudest units are silent. */
export async function silence(
  trained: TrainedModel,
  dataset: Dataset,
  counts: readonly number[],
): Promise<Silence> {
  const { model, preprocessing } = trained;
  const votes = await model.layers.at(-1)!.getWeights()[0]!.data();
  const loudest = [...votes.keys()].sort((a, b) => Math.abs(votes[b]!) - Math.abs(votes[a]!));
  const table = reviewsOf(dataset, 'validation', 'starter');
  const batches = sampleBatches(table, dataset.vocabulary.words, readerOf(trained), preprocessing);
  const layer = recurrentLayers(model).at(-1)!;
  const steps: Silenced[] = [];
  for (const count of counts) {
    const evaluation = await evaluate(model, batches, {
      around: (run) => withoutUnits(layer, loudest.slice(0, count), run),
    });
    steps.push({ count, accuracy: evaluation!.accuracy });
  }
  return { loudest, reviews: table.rows.length, steps };
}
