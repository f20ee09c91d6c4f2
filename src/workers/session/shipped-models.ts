import { loadModel } from '../../core/models/archive/model-archive.ts';
import { checkComplete, checkFileSize, FILE_NAMES } from '../../core/models/archive/files.ts';
import type { ArchiveFiles, FileName } from '../../core/models/archive/files.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';
import { SessionError } from './session-error.ts';

/** The trained models that the site comes with: each is loaded when it is first asked, and stays. */
export class ShippedModels {
  readonly #folder: string;
  readonly #loading = new Map<string, Promise<TrainedModel>>();

  /** @param baseUrl path of the folder that holds `models/`, with a slash at the end */
  constructor(baseUrl: string) {
    this.#folder = `${baseUrl}models/`;
  }

  /**
   * @param name of its folder
   * @throws SessionError if the site has no such model, or it can't be fetched; ArchiveError
   */
  load(name: string): Promise<TrainedModel> {
    const known = this.#loading.get(name);
    if (known) return known;
    const loading = this.#fetch(name).then(loadModel);
    this.#loading.set(name, loading);
    // A failed attempt doesn't stand in the way of the next.
    loading.catch(() => this.#loading.delete(name));
    return loading;
  }

  async #fetch(name: string): Promise<ArchiveFiles> {
    const files: Partial<Record<FileName, Uint8Array<ArrayBuffer>>> = {};
    const fetchFile = async (file: FileName): Promise<void> => {
      const url = `${this.#folder}${encodeURIComponent(name)}/${file}`;
      const response = await fetch(url).catch(() => undefined);
      if (!response?.ok) {
        const reason = response ? `the server says ${response.status}` : 'the connection failed';
        throw new SessionError(`The model ${name} could not be loaded (${file}): ${reason}.`);
      }
      files[file] = new Uint8Array(await response.arrayBuffer());
      checkFileSize(file, files[file].length);
    };
    await Promise.all(FILE_NAMES.map(fetchFile));
    return checkComplete(files);
  }
}
