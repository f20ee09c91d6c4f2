import { Predictor } from '../../core/inspect/predictor.ts';
import { loadModel, packModel } from '../../core/models/archive/model-archive.ts';
import { ModelStore } from '../../core/models/archive/model-store.ts';
import type { StoredModel } from '../../core/models/archive/model-store.ts';
import { readZip, writeZip } from '../../core/models/archive/zip.ts';
import type { ArchiveFiles } from '../../core/models/archive/files.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import type { Sample } from '../../core/pipeline/sample.ts';
import { SessionError } from './session-error.ts';

/** A model that was trained here, and on which reviews. */
interface TrainedHere {
  readonly pipeline: Pipeline;
  readonly sample: Sample;
}

/** The one model that is asked, and those that the browser keeps. */
export class ModelShelf {
  #asked: { readonly trained: TrainedModel; readonly predictor: Predictor } | undefined;
  #trainedHere: TrainedHere | undefined;

  /** A model that is trained from now on. */
  place(pipeline: Pipeline, sample: Sample): void {
    this.#replace(pipeline);
    this.#trainedHere = { pipeline, sample };
  }

  /** @throws SessionError when there is no model */
  get predictor(): Predictor {
    return this.#current.predictor;
  }

  /** @throws SessionError when there is no model */
  get trained(): TrainedModel {
    return this.#current.trained;
  }

  /** @throws SessionError when the model was not trained here */
  get trainedHere(): TrainedHere {
    if (this.#trainedHere) return this.#trainedHere;
    throw new SessionError(
      'Only a model that was trained here has a run and a test set. Train one first.',
    );
  }

  async pack(): Promise<{ zip: Uint8Array }> {
    return { zip: writeZip(await packModel(this.#current.trained)) };
  }

  /** @throws ArchiveError saying what is wrong with it; the model before stays */
  async open(zip: Uint8Array): Promise<{ words: number }> {
    return this.#load(readZip(zip));
  }

  kept(): Promise<readonly StoredModel[]> {
    return withStore((store) => store.list());
  }

  async keep(name: string): Promise<readonly StoredModel[]> {
    const files = await packModel(this.#current.trained);
    return withStore(async (store) => {
      await store.save(name, files);
      return store.list();
    });
  }

  async openKept(name: string): Promise<{ words: number }> {
    return this.#load(await this.filesOf(name));
  }

  /** The archive of a kept model. @throws StoreError if there is none of this name */
  filesOf(name: string): Promise<ArchiveFiles> {
    return withStore((store) => store.load(name));
  }

  removeKept(name: string): Promise<readonly StoredModel[]> {
    return withStore(async (store) => {
      await store.delete(name);
      return store.list();
    });
  }

  get #current() {
    if (this.#asked) return this.#asked;
    throw new SessionError('There is no model yet. Train one first, or open one.');
  }

  async #load(files: ArchiveFiles): Promise<{ words: number }> {
    const trained = await loadModel(files);
    this.#replace({ trained, predictor: new Predictor(trained) });
    this.#trainedHere = undefined;
    return { words: trained.words.length };
  }

  #replace(next: { readonly trained: TrainedModel; readonly predictor: Predictor }): void {
    this.#asked?.predictor.dispose();
    this.#asked = next;
  }
}

async function withStore<T>(use: (store: ModelStore) => Promise<T>): Promise<T> {
  const store = await ModelStore.open();
  try {
    return await use(store);
  } finally {
    store.close();
  }
}
