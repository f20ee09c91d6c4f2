import type { Batch } from '../../core/dataset/batch/batcher.ts';
import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import { clampGate } from '../../core/inspect/clamp-gate.ts';
import { alongTimesteps, inspectReview } from '../../core/inspect/inspect-review.ts';
import { knockOut } from '../../core/inspect/knock-out.ts';
import { embeddingOf } from '../../core/inspect/logit-gradient.ts';
import { neighbours } from '../../core/inspect/neighbours.ts';
import { occlusion } from '../../core/inspect/occlusion.ts';
import { recurrentLayer, recurrentLayers } from '../../core/inspect/recurrent-layers.ts';
import { runningLogits } from '../../core/inspect/running.ts';
import { sampleBatches } from '../../core/inspect/sample-batches.ts';
import { readStates } from '../../core/inspect/state-reading.ts';
import { readReview } from '../../core/inspect/timesteps.ts';
import type { ReadReview } from '../../core/inspect/timesteps.ts';
import { topReviews, unitExtremes } from '../../core/inspect/unit-extremes.ts';
import type { UnitExtremes } from '../../core/inspect/unit-extremes.ts';
import type { AskOptions } from '../../core/inspect/variants.ts';
import { summarize } from '../../core/models/build.ts';
import type { Preprocessing } from '../../core/models/preprocessing.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';
import { reviewsOf } from '../../core/pipeline/sample.ts';
import type { AskingProgress, Calls, ModelRef } from '../../protocol/compute.ts';
import type { DataShelf } from './data-shelf.ts';
import type { Engine } from './engine.ts';
import { unitExcerpt } from './excerpts.ts';
import type { ModelCabinet, OpenModel } from './model-cabinet.ts';

interface Parts {
  readonly data: DataShelf;
  readonly engine: Engine;
  readonly cabinet: ModelCabinet;
}

type Emit = (progress: AskingProgress) => void;
type Asked<K extends keyof Calls> = Calls[K]['request'];
type Answered<K extends keyof Calls> = Promise<Calls[K]['result']>;

/** Questions to models, answered one at a time: a model at an earlier step borrows its weights. */
export class InspectAnswers {
  readonly #parts: Parts;
  readonly #samples = new WeakMap<Preprocessing, readonly Batch[]>();
  readonly #extremes = new WeakMap<TrainedModel, Map<string, UnitExtremes>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  describe(ref: ModelRef, signal: AbortSignal): Answered<'describeModel'> {
    return this.#ask(ref, signal, async ({ trained: { model, preprocessing, words } }) => ({
      layers: summarize(model),
      recurrent: recurrentLayers(model).map(({ name, cell, units, backwards, adds }) => {
        return { name, cell, units, backwards, adds };
      }),
      words: Math.min(words.length, preprocessing.numWords - 1 - preprocessing.indexFrom),
      maxlen: preprocessing.maxlen,
      embeddingDim: embeddingOf(model).getWeights()[0]!.shape[1]!,
      bag: preprocessing.distinct || preprocessing.bigrams > 0,
    }));
  }

  review({ model, text }: Asked<'inspectReview'>, signal: AbortSignal): Answered<'inspectReview'> {
    return this.#ask(model, signal, async (open) =>
      inspectReview(open.trained, readWith(open, text)),
    );
  }

  states({ model, text, most }: Asked<'readStates'>, signal: AbortSignal): Answered<'readStates'> {
    return this.#ask(model, signal, ({ trained }) => readStates(trained, text, most));
  }

  running(asked: Asked<'runningLogits'>, emit: Emit, signal: AbortSignal): Promise<Float32Array> {
    return this.#along(runningLogits, asked, emit, signal);
  }

  occlusion(asked: Asked<'occlusion'>, emit: Emit, signal: AbortSignal): Promise<Float32Array> {
    return this.#along(occlusion, asked, emit, signal);
  }

  unitReviews(
    { model, layer, unit, count }: Asked<'unitReviews'>,
    emit: Emit,
    signal: AbortSignal,
  ): Answered<'unitReviews'> {
    return this.#ask(model, signal, async (open) => {
      const { dataset, table, batches } = await this.#sample(open, signal);
      const kept = this.#extremes.get(open.trained) ?? new Map<string, UnitExtremes>();
      const extremes =
        kept.get(layer) ?? (await this.#extremesOf(open, layer, batches, emit, signal));
      if (open.settled) this.#extremes.set(open.trained, kept.set(layer, extremes));
      const top = topReviews(extremes, unit, count);
      const { words } = dataset.vocabulary;
      const show = (found: (typeof top)['highest']) =>
        found.map((one) => unitExcerpt(one, table, words, open.reader));
      return {
        highest: show(top.highest),
        lowest: show(top.lowest),
        reviews: extremes.rows.length,
      };
    });
  }

  knockOut(
    { model, layer, units }: Asked<'knockOut'>,
    emit: Emit,
    signal: AbortSignal,
  ): Answered<'knockOut'> {
    return this.#ask(model, signal, async (open) => {
      const { batches } = await this.#sample(open, signal);
      const network = open.trained.model;
      const found = recurrentLayer(network, layer);
      return knockOut(network, found, units, batches, follow(emit, signal));
    });
  }

  clampGate(
    { model, gate, values }: Asked<'clampGate'>,
    emit: Emit,
    signal: AbortSignal,
  ): Answered<'clampGate'> {
    return this.#ask(model, signal, async (open) => {
      const { batches } = await this.#sample(open, signal);
      const network = open.trained.model;
      const layer = recurrentLayers(network).find(({ cell }) => cell === 'LSTM');
      if (!layer) throw new RangeError('The model has no LSTM, so no such gate to hold.');
      return clampGate(network, layer, gate, values, batches, follow(emit, signal));
    });
  }

  neighbours(
    { model, word, count }: Asked<'neighbours'>,
    signal: AbortSignal,
  ): Answered<'neighbours'> {
    return this.#ask(model, signal, ({ trained }) => neighbours(trained, word, count));
  }

  #along(
    question: (
      trained: TrainedModel,
      ids: readonly number[],
      options: AskOptions,
    ) => Promise<Float32Array>,
    { model, text }: Asked<'occlusion'>,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<Float32Array> {
    return this.#ask(model, signal, async (open) => {
      const review = readWith(open, text);
      const values = await question(open.trained, review.ids, follow(emit, signal));
      return alongTimesteps(values, review);
    });
  }

  #extremesOf(
    { trained: { model, preprocessing } }: OpenModel,
    layer: string,
    batches: readonly Batch[],
    emit: Emit,
    signal: AbortSignal,
  ): Promise<UnitExtremes> {
    const found = recurrentLayer(model, layer);
    return unitExtremes(model, found, batches, preprocessing.padding, follow(emit, signal));
  }

  /** The validation reviews that load first, as a model reads them. */
  async #sample({ trained: { preprocessing }, reader }: OpenModel, signal: AbortSignal) {
    const dataset: Dataset = await this.#parts.data.load('starter', signal);
    const table = reviewsOf(dataset, 'validation', 'starter');
    const batches =
      this.#samples.get(preprocessing) ??
      sampleBatches(table, dataset.vocabulary.words, reader, preprocessing);
    this.#samples.set(preprocessing, batches);
    return { dataset, table, batches };
  }

  /** Opens a model and asks it, once all earlier questions are answered or given up. */
  #ask<T>(ref: ModelRef, signal: AbortSignal, job: (open: OpenModel) => Promise<T>): Promise<T> {
    const { engine, cabinet } = this.#parts;
    const answer = this.#last.then(async () => {
      signal.throwIfAborted();
      await engine.start();
      const open = await cabinet.open(ref);
      signal.throwIfAborted();
      return job(open);
    });
    this.#last = answer.catch(() => {});
    return answer;
  }
}

const readWith = ({ reader, trained }: OpenModel, text: string): ReadReview =>
  readReview(reader, trained.preprocessing, text);

const follow = (emit: Emit, signal: AbortSignal): AskOptions => ({
  signal,
  onProgress: (share) => emit({ type: 'asking', share }),
});
