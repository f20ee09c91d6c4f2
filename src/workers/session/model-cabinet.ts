import { readerOf } from '../../core/inspect/text-reader.ts';
import type { Reader } from '../../core/inspect/text-reader.ts';
import type { Moment } from '../../core/inspect/weight-history.ts';
import { loadModel } from '../../core/models/archive/model-archive.ts';
import { buildModel } from '../../core/models/build.ts';
import type { Preprocessing } from '../../core/models/preprocessing.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import { restoreTensors } from '../../core/training/checkpoints/saved-tensor.ts';
import { weightsOf } from '../../core/training/step/model-variables.ts';
import type { ModelRef } from '../../protocol/compute.ts';
import type { ModelShelf } from './model-shelf.ts';
import { SessionError } from './session-error.ts';
import type { ShippedModels } from './shipped-models.ts';

/** Models of the browser that are held open. */
const HELD = 2;
/** What the folder of a model may be called. */
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** A model that can be asked, and how it reads. */
export interface OpenModel {
  readonly trained: TrainedModel;
  readonly reader: Reader;
  /** Whether its weights can still change. */
  readonly settled: boolean;
}

/** Models by reference: those of the site, of the browser, and of a run at any of its steps. */
export class ModelCabinet {
  readonly #shipped: ShippedModels;
  readonly #shelf: ModelShelf;
  readonly #moments: () => readonly Moment[];
  /** The one used last at the end. */
  readonly #held = new Map<string, TrainedModel>();
  readonly #readers = new WeakMap<Preprocessing, Reader>();
  #replica: { readonly of: Pipeline; readonly trained: TrainedModel } | undefined;

  constructor(shipped: ShippedModels, shelf: ModelShelf, moments: () => readonly Moment[]) {
    this.#shipped = shipped;
    this.#shelf = shelf;
    this.#moments = moments;
  }

  /**
   * The model stays open until others are opened: ask one at a time.
   *
   * @throws SessionError if there is none; ArchiveError; StoreError
   */
  async open(ref: ModelRef): Promise<OpenModel> {
    switch (ref.kind) {
      case 'asked':
        return this.#opened(this.#shelf.trained, false);
      case 'moment':
        return this.#opened(this.#at(ref.step), false);
      case 'shipped':
        if (NAME.test(ref.name)) return this.#opened(await this.#shipped.load(ref.name), true);
        throw new SessionError(`This site has no model ${JSON.stringify(ref.name.slice(0, 64))}.`);
      case 'kept':
        return this.#hold(ref.name);
    }
  }

  #opened(trained: TrainedModel, settled: boolean): OpenModel {
    const { preprocessing } = trained;
    const reader = this.#readers.get(preprocessing) ?? readerOf(trained);
    this.#readers.set(preprocessing, reader);
    return { trained, reader, settled };
  }

  /** Opens a model that the browser keeps; the one used longest ago is let go. */
  async #hold(name: string): Promise<OpenModel> {
    const trained = this.#held.get(name) ?? (await loadModel(await this.#shelf.filesOf(name)));
    this.#held.delete(name);
    this.#held.set(name, trained);
    for (const [oldest, { model }] of this.#held) {
      if (this.#held.size <= HELD) break;
      this.#held.delete(oldest);
      model.dispose();
    }
    return this.#opened(trained, true);
  }

  /** A model like the one that is trained, with the weights that it had after a step. */
  #at(step: number): TrainedModel {
    const moment = this.#moments().find((one) => one.step === step);
    if (!moment) throw new SessionError(`The weights after step ${step} are not kept.`);
    const { pipeline } = this.#shelf.trainedHere;
    if (this.#replica?.of !== pipeline) {
      this.#replica?.trained.model.dispose();
      const model = buildModel(pipeline.settings);
      this.#replica = { of: pipeline, trained: { ...pipeline.trained, model } };
    }
    const { trained } = this.#replica;
    restoreTensors(weightsOf(trained.model).variables, moment.weights);
    return trained;
  }
}
