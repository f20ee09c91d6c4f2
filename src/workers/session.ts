import { judgeAlong } from '../core/inspect/along.ts';
import { judge } from '../core/inspect/verdict.ts';
import type { StartThread } from '../core/kernels/simd/threads/recruit.ts';
import type { VerdictMemory } from '../core/kernels/verdicts.ts';
import { IndexedDbStore } from '../core/training/checkpoints/indexeddb-store.ts';
import type { CheckpointStore } from '../core/training/checkpoints/store.ts';
import type { CallName, Calls } from '../protocol/compute.ts';
import { CellAnswers } from './session/cell-answers.ts';
import { ClippingAnswers } from './session/clipping-answers.ts';
import { DataShelf } from './session/data-shelf.ts';
import { Engine } from './session/engine.ts';
import { InspectAnswers } from './session/inspect-answers.ts';
import { ModelCabinet } from './session/model-cabinet.ts';
import { ModelShelf } from './session/model-shelf.ts';
import { Racing } from './session/racing.ts';
import { readTest } from './session/read-test.ts';
import { ShippedModels } from './session/shipped-models.ts';
import type { Steering } from './session/steering.ts';
import { Trainer } from './session/trainer.ts';

/** Answers one kind of call. */
type Answer<K extends CallName> = (
  request: Calls[K]['request'],
  emit: (event: Calls[K]['event']) => void,
  steering: Steering,
) => Promise<Calls[K]['result']>;

export interface SessionOptions {
  /** Lets the processor's kernels run on several threads. */
  readonly startThread?: StartThread;
  /** Where the tests of the engines are kept; left out, nowhere. */
  readonly verdicts?: VerdictMemory | undefined;
  /** Where runs are saved; default the browser's database. */
  readonly store?: CheckpointStore;
}

/** What the compute worker keeps between calls: the data, and the model that is asked. */
export class Session {
  readonly #data: DataShelf;
  readonly #engine: Engine;
  readonly #models = new ModelShelf();
  readonly #trainer: Trainer;
  readonly #cells: CellAnswers;
  readonly #inspect: InspectAnswers;
  readonly #clipping: ClippingAnswers;
  readonly #racing: Racing;

  constructor(
    baseUrl: string,
    { startThread, verdicts, store = new IndexedDbStore() }: SessionOptions = {},
  ) {
    this.#data = new DataShelf(baseUrl);
    this.#engine = new Engine(startThread, verdicts);
    const [data, engine, models] = [this.#data, this.#engine, this.#models];
    this.#trainer = new Trainer({ data, engine, models, store });
    this.#cells = new CellAnswers(data, engine);
    const cabinet = new ModelCabinet(new ShippedModels(baseUrl), models, () => this.#trainer.moments);
    this.#inspect = new InspectAnswers({ data, engine, cabinet });
    this.#clipping = new ClippingAnswers(data, engine);
    this.#racing = new Racing(data, engine);
  }

  readonly answers: { readonly [K in CallName]: Answer<K> } = {
    load: async (_, emit, { signal }) => {
      const { manifest } = await this.#data.load('all', signal, emit);
      return { reviews: manifest.reviews };
    },
    train: (request, emit, steering) => this.#trainer.train(request, emit, steering),
    engine: async ({ choice, retest }) => {
      if (choice) await this.#trainer.alone(() => this.#engine.choose(choice, retest));
      return this.#engine.state();
    },
    savedRuns: () => this.#trainer.savedRuns(),
    removeRuns: (request) => this.#trainer.removeRuns(request),

    judge: async ({ text }) => judge(this.#models.predictor, text),
    judgeAlong: async ({ text }) => judgeAlong(this.#models.predictor, text),
    sample: (request, _, { signal }) => this.#data.sample(request, signal),
    review: (request, _, { signal }) => this.#data.review(request, signal),
    readTest: (_, emit, { signal }) =>
      this.#trainer.alone(async () => {
        const { pipeline, sample } = this.#models.trainedHere;
        const dataset = await this.#data.load(sample, signal, emit);
        return readTest(pipeline, dataset, sample, signal, emit);
      }),

    packModel: () => this.#trainer.alone(() => this.#models.pack()),
    openModel: ({ zip }) => this.#opening(() => this.#models.open(zip)),
    keptModels: () => this.#models.kept(),
    keepModel: ({ name }) => this.#trainer.alone(() => this.#models.keep(name)),
    openKept: ({ name }) => this.#opening(() => this.#models.openKept(name)),
    removeKept: ({ name }) => this.#models.removeKept(name),

    trainModel: (request, emit, steering) =>
      this.#trainer.alone(() => this.#cells.trainModel(request, emit, steering)),
    dissectStep: (request, emit, steering) =>
      this.#trainer.alone(() => this.#clipping.dissectStep(request, emit, steering)),
    race: (request, emit, steering) =>
      this.#trainer.alone(() => this.#racing.race(request, emit, steering)),
    throughTime: (request, emit, steering) => this.#racing.throughTime(request, emit, steering),
    readModel: (request) => this.#cells.readModel(request),
    reviews: (request, _, { signal }) => this.#cells.reviews(request, signal),
    reviewAt: ({ row }, _, { signal }) => this.#cells.reviewAt(row, signal),
    vocabulary: ({ size }, _, { signal }) => this.#cells.vocabulary(size, signal),

    describeModel: ({ model }, _, { signal }) => this.#inspect.describe(model, signal),
    inspectReview: (request, _, { signal }) => this.#inspect.review(request, signal),
    readStates: (request, _, { signal }) => this.#inspect.states(request, signal),
    runningLogits: (request, emit, { signal }) => this.#inspect.running(request, emit, signal),
    occlusion: (request, emit, { signal }) => this.#inspect.occlusion(request, emit, signal),
    unitReviews: (request, emit, { signal }) => this.#inspect.unitReviews(request, emit, signal),
    knockOut: (request, emit, { signal }) => this.#inspect.knockOut(request, emit, signal),
    clampGate: (request, emit, { signal }) => this.#inspect.clampGate(request, emit, signal),
    neighbours: (request, _, { signal }) => this.#inspect.neighbours(request, signal),
    searchReviews: (request, _, { signal }) => this.#data.search(request, signal),
    moments: async () => this.#trainer.moments.map(({ step }) => step),
  };

  #opening<T>(open: () => Promise<T>): Promise<T> {
    return this.#trainer.alone(async () => {
      await this.#engine.start();
      return open();
    });
  }
}
