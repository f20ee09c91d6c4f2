import { readerOf } from '../../core/inspect/text-reader.ts';
import type { Reader } from '../../core/inspect/text-reader.ts';
import type { Moment } from '../../core/inspect/weight-history.ts';
import { FILE_NAMES } from '../../core/models/archive/files.ts';
import type { ArchiveFiles } from '../../core/models/archive/files.ts';
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

/** Models that are held open besides the one that is trained. */
const HELD = 3;
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
  readonly #baseUrl: string;
  readonly #shelf: ModelShelf;
  readonly #moments: () => readonly Moment[];
  /** The one used last at the end. */
  readonly #held = new Map<string, TrainedModel>();
  readonly #readers = new WeakMap<Preprocessing, Reader>();
  #replica: { readonly of: Pipeline; readonly trained: TrainedModel } | undefined;

  /** @param baseUrl the folder that holds `models/` */
  constructor(baseUrl: string, shelf: ModelShelf, moments: () => readonly Moment[]) {
    this.#baseUrl = baseUrl;
    this.#shelf = shelf;
    this.#moments = moments;
  }

  /**
   * The model stays open until others are opened: ask one at a time.
   *
   * @throws SessionError if there is none; ArchiveError; StoreError
   */
  async open(ref: ModelRef, signal: AbortSignal): Promise<OpenModel> {
    switch (ref.kind) {
      case 'asked':
        return this.#opened(this.#shelf.trained, false);
      case 'moment':
        return this.#opened(this.#at(ref.step), false);
      case 'shipped':
        return this.#hold(ref, () => this.#fetch(ref.name, signal));
      case 'kept':
        return this.#hold(ref, () => this.#shelf.filesOf(ref.name));
    }
  }

  #opened(trained: TrainedModel, settled: boolean): OpenModel {
    const { preprocessing } = trained;
    const reader = this.#readers.get(preprocessing) ?? readerOf(trained);
    this.#readers.set(preprocessing, reader);
    return { trained, reader, settled };
  }

  async #hold(
    { kind, name }: { readonly kind: string; readonly name: string },
    files: () => Promise<ArchiveFiles>,
  ): Promise<OpenModel> {
    const key = `${kind} ${name}`;
    const trained = this.#held.get(key) ?? (await loadModel(await files()));
    this.#held.delete(key);
    this.#held.set(key, trained);
    for (const [oldest, { model }] of this.#held) {
      if (this.#held.size <= HELD) break;
      this.#held.delete(oldest);
      model.dispose();
    }
    return this.#opened(trained, true);
  }

  async #fetch(name: string, signal: AbortSignal): Promise<ArchiveFiles> {
    const missing = (): SessionError =>
      new SessionError(`This site has no model ${JSON.stringify(name.slice(0, 64))}.`);
    if (!NAME.test(name)) throw missing();
    const files = FILE_NAMES.map(async (file) => {
      const response = await fetch(`${this.#baseUrl}models/${name}/${file}`, { signal });
      if (response.status === 404) throw missing();
      if (!response.ok) {
        throw new SessionError(`The model ${name} did not load: ${file}, ${response.status}.`);
      }
      return [file, new Uint8Array(await response.arrayBuffer())] as const;
    });
    return Object.fromEntries(await Promise.all(files)) as ArchiveFiles;
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
