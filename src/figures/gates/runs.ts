import type { Valves } from '../../components/gates/valves.ts';
import { requestFor } from '../../components/training/race-figure.ts';
import type { RaceFigure } from '../../components/training/race-figure.ts';
import type { Batch } from '../../core/dataset/batch/batcher.ts';
import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import { inspectReview } from '../../core/inspect/inspect-review.ts';
import { runningLogits } from '../../core/inspect/running.ts';
import { sampleBatches } from '../../core/inspect/sample-batches.ts';
import { readerOf } from '../../core/inspect/text-reader.ts';
import { readReview } from '../../core/inspect/timesteps.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';
import { Pipeline } from '../../core/pipeline.ts';
import { reviewsOf } from '../../core/pipeline/sample.ts';

/** Reads a text with the first layer of a model, an LSTM, and keeps the units that count most. */
export async function readGates(
  trained: TrainedModel,
  text: string,
  { steps, units }: { readonly steps: number; readonly units: number },
): Promise<Valves> {
  const review = readReview(readerOf(trained), trained.preprocessing, text);
  const { layers, timesteps } = await inspectReview(trained, review);
  const [layer] = layers;
  if (layer?.cell !== 'LSTM') throw new RangeError('The first recurrent layer is no LSTM.');
  const { first, length } = review.row;
  const count = Math.min(steps, length);
  const logits = await runningLogits(trained, review.ids.slice(0, count));
  const dense = trained.model.getLayer('logit').getWeights()[0]!.dataSync<'float32'>();
  const chosen = [...dense.keys()]
    .toSorted((a, b) => Math.abs(dense[b]!) - Math.abs(dense[a]!))
    .slice(0, units);
  const at = (values: Float32Array, t: number, unit: number): number =>
    values[(first + t) * layer.units + unit]!;
  const each = <T>(of: (t: number) => T): T[] => Array.from({ length: count }, (_, t) => of(t));
  const pick = (values: Float32Array): number[] =>
    each((t) => chosen.map((unit) => round(at(values, t, unit), 2))).flat();
  const gate = (name: string): Float32Array => layer.gates.find((one) => one.name === name)!.values;
  const all = Array.from({ length: layer.units }, (_, unit) => unit);
  const mean = (values: Float32Array): number[] =>
    each((t) => round(all.reduce((sum, unit) => sum + at(values, t, unit), 0) / all.length, 3));
  return {
    words: each((t) => wordOf(timesteps[first + t]!)),
    units: chosen.length,
    vectors: {
      i: pick(gate('i')),
      f: pick(gate('f')),
      g: pick(gate('g')),
      o: pick(gate('o')),
      c: pick(layer.c!),
      h: pick(layer.h),
    },
    means: { i: mean(gate('i')), f: mean(gate('f')), o: mean(gate('o')) },
    verdicts: each((t) => round(1 / (1 + Math.exp(-logits[t]!)), 3)),
  };
}

function wordOf({ text, kind }: { readonly text: string; readonly kind: string }): string {
  if (kind === 'start') return '‹start›';
  return kind === 'unknown' ? '▢' : text;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * The validation reviews of the starter shard as a model reads them.
 *
 * @param last how many ids of each review's end it gets; default all
 */
export function validationBatches(
  dataset: Dataset,
  trained: TrainedModel,
  last = Infinity,
): Batch[] {
  const table = reviewsOf(dataset, 'validation', 'starter');
  const reader = readerOf(trained);
  const shortened = {
    ...reader,
    read: (tokens: readonly string[]) => {
      const whole = reader.read(tokens);
      return { ...whole, ids: whole.ids.slice(-last) };
    },
  };
  return sampleBatches(table, dataset.vocabulary.words, shortened, trained.preprocessing);
}

/** How a network of a race comes out, run by itself. */
export interface RaceOutcome {
  readonly name: string;
  /** Of the whole network, and of its recurrent layers. */
  readonly parameters: number;
  readonly recurrent: number;
  /** On held-out reviews, after the last step and the best of all looks. */
  readonly accuracy: number;
  readonly best: number;
}

/** Runs each network of a race by itself: the same steps as side by side. */
export async function raceOutcomes(dataset: Dataset, figure: RaceFigure): Promise<RaceOutcome[]> {
  const { entries, steps, seed, batchSize, validateEvery } = requestFor(figure);
  const held = reviewsOf(dataset, 'validation', 'starter');
  const outcomes: RaceOutcome[] = [];
  for (const entry of entries) {
    if (!('settings' in entry)) continue;
    const training = { ...entry.settings.training, seed, batchSize };
    const pipeline = new Pipeline(dataset, { ...entry.settings, training }, 'starter');
    const { model } = pipeline;
    const looks: number[] = [];
    for await (const event of pipeline.sprint(steps).start()) {
      if (event.type !== 'batch' || event.step % validateEvery !== 0) continue;
      looks.push((await pipeline.evaluate(held)).accuracy);
    }
    const recurrent = model.layers.filter(({ name }) => name.includes('recurrent'));
    outcomes.push({
      name: entry.name,
      parameters: model.countParams(),
      recurrent: recurrent.reduce((sum, layer) => sum + layer.countParams(), 0),
      accuracy: looks.at(-1)!,
      best: Math.max(...looks),
    });
    pipeline.dispose();
  }
  return outcomes;
}
