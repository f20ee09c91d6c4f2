import type * as tf from '@tensorflow/tfjs';
import { Batcher } from '../../core/dataset/batch/batcher.ts';
import { headOf } from '../../core/dataset/batch/head.ts';
import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import { textReader } from '../../core/inspect/text-reader.ts';
import { summarize } from '../../core/models/build.ts';
import { unpackLogitModel } from '../../core/models/portable.ts';
import { preprocessingOf } from '../../core/models/preprocessing.ts';
import type { Preprocessing } from '../../core/models/preprocessing.ts';
import { checkModel } from '../../core/models/settings/index.ts';
import type { ModelSettings } from '../../core/models/settings/index.ts';
import { Pipeline } from '../../core/pipeline.ts';
import { reviewsOf } from '../../core/pipeline/sample.ts';
import { padSequences } from '../../core/text/pad-sequences.ts';
import { evaluate } from '../../core/training/evaluation/evaluate.ts';
import { overEpochs } from '../../core/training/over-epochs.ts';
import type { Racer } from '../../core/training/race/lane.ts';
import type { BatchSource } from '../../core/training/run-options.ts';
import { Run } from '../../core/training/run.ts';
import type { PinnedReviews } from '../../core/training/telemetry/telemetry.ts';
import type { RaceEntry, RaceRequest, RaceStarter, WatchedToken } from '../../protocol/compute.ts';
import { settingsOf } from './cell-answers.ts';

/** Reviews in a batch when the model only reads. */
const EVALUATION_BATCH = 128;

/** A model that is ready to race. */
export interface RaceModel {
  readonly racer: Racer;
  readonly starter: RaceStarter;
  /** The caller disposes of it. */
  readonly model: tf.LayersModel;
  /** Whether a cell waits for its weights. */
  readonly fromCell: boolean;
}

/** A model as the race needs it, wherever it came from. */
interface Parts {
  readonly model: tf.LayersModel;
  readonly run: Run;
  readonly held: BatchSource;
  readonly preprocessing: Preprocessing;
}

/**
 * Builds a model of a race, with its batches.
 *
 * @throws SettingsError, ModelFormError or LayerError for one that can't be used
 */
export async function buildRaceModel(
  entry: RaceEntry,
  dataset: Dataset,
  request: RaceRequest,
  signal: AbortSignal,
): Promise<RaceModel> {
  const parts =
    'settings' in entry
      ? await fromSettings(entry.settings, dataset, request, signal)
      : await fromCell(entry, dataset, request);
  const { model, run, held, preprocessing } = parts;
  const { name } = entry;
  const { words } = dataset.vocabulary;
  const pinned = request.watch === undefined ? undefined : pin(request.watch, words, preprocessing);
  const watched = pinned && { watched: tokensOf(pinned, words, preprocessing) };
  return {
    racer: { name, run, pinned, validate: () => evaluate(model, held.epoch(0)) },
    starter: { name, layers: summarize(model), ...watched },
    model,
    fromCell: !('settings' in entry),
  };
}

async function fromSettings(
  asked: ModelSettings,
  dataset: Dataset,
  request: RaceRequest,
  signal: AbortSignal,
): Promise<Parts> {
  const { seed, batchSize, sample, steps } = request;
  const { text, network, training } = checkModel(asked);
  // All models get the same reviews at each step, whatever their lengths.
  const settings = { text, network, training: { ...training, seed, batchSize, bucketed: false } };
  const pipeline = new Pipeline(dataset, settings, sample);
  try {
    await pipeline.prepare({ signal });
  } catch (error) {
    pipeline.dispose();
    throw error;
  }
  return {
    model: pipeline.model,
    run: pipeline.sprint(steps),
    held: pipeline.reviews.reading(heldReviews(dataset, request)),
    preprocessing: pipeline.trained.preprocessing,
  };
}

async function fromCell(
  { model: packed, encoding, training }: Extract<RaceEntry, { encoding: unknown }>,
  dataset: Dataset,
  request: RaceRequest,
): Promise<Parts> {
  const { seed, batchSize, sample, steps } = request;
  const model = await unpackLogitModel(packed);
  const { vocabulary } = dataset;
  const sequence = { ...encoding, scheme: { numWords: encoding.numWords } };
  const batches = new Batcher(reviewsOf(dataset, 'train', sample), vocabulary, {
    ...sequence,
    batchSize,
    seed,
  });
  const held = new Batcher(heldReviews(dataset, request), vocabulary, {
    ...sequence,
    batchSize: EVALUATION_BATCH,
    shuffle: false,
  });
  const run = new Run({
    model,
    settings: settingsOf({ ...training, epochs: 1, batchSize, seed }),
    training: overEpochs(batches, steps),
    snapshotEvery: Infinity,
  });
  return { model, run, held, preprocessing: preprocessingOf(encoding) };
}

const heldReviews = (dataset: Dataset, { sample, validationReviews }: RaceRequest) =>
  headOf(reviewsOf(dataset, 'validation', sample), validationReviews);

/** A text as a model reads it, padded to its length. */
function pin(text: string, words: readonly string[], preprocessing: Preprocessing): PinnedReviews {
  const { maxlen, padding, padId } = preprocessing;
  const reading = textReader({ preprocessing, words })(text);
  return padSequences([reading.ids], { maxlen, padding, value: padId });
}

function tokensOf(
  { ids }: PinnedReviews,
  words: readonly string[],
  { indexFrom }: Preprocessing,
): WatchedToken[] {
  return Array.from(ids, (id) => ({ id, word: words[id - indexFrom - 1] ?? '' }));
}
