import type { StoredModel } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { askedModel } from './asked-model.ts';
import type { AskedModel } from './asked-model.ts';
import { megabytes, messageOf, moment } from './format.ts';
import {
  keep,
  keptModels,
  listKept,
  mayHaveKept,
  openFile,
  openKept,
  packModel,
  removeKept,
} from './kept-models.ts';
import { phase } from './lab-store.ts';
import { newButton } from './table-row.ts';

/** A model leaves as a file or stays in the browser, and comes back with its words. */
class LabModels extends LiveElement {
  protected connect(signal: AbortSignal): void {
    if (mayHaveKept()) void this.#try(listKept);
    const file = this.child<HTMLInputElement>('file');
    file.addEventListener(
      'change',
      () => {
        const [chosen] = file.files ?? [];
        file.value = '';
        if (chosen) void this.#try(() => openFile(chosen), `${chosen.name} is open. Ask it.`);
      },
      { signal },
    );
    const on = (part: string, act: () => void): void =>
      this.child(part).addEventListener('click', act, { signal });
    on('download', () => void this.#try(download, 'The download has begun.'));
    on('keep', () => void this.#try(() => keep(nameOf(askedModel.value)), 'The model is kept.'));
    this.watch(() => this.#show());
  }

  #show(): void {
    const isIdle = phase.value === 'idle';
    const isThere = isIdle && askedModel.value !== undefined;
    this.child<HTMLButtonElement>('download').disabled = !isThere;
    this.child<HTMLButtonElement>('keep').disabled = !isThere;
    this.child<HTMLInputElement>('file').disabled = !isIdle;
    this.child('list').replaceChildren(
      ...keptModels.value.map((model) => this.#item(model, isIdle)),
    );
  }

  #item({ name, bytes, savedAt }: StoredModel, isIdle: boolean): HTMLLIElement {
    const item = document.createElement('li');
    const detail = document.createElement('span');
    detail.className = 'hint';
    detail.textContent = `${megabytes(bytes)} MB, kept ${moment(savedAt)}.`;
    const open = newButton(
      'Open',
      () => void this.#try(() => openKept(name), `${name} is open. Ask it.`),
      `Open ${name}`,
    );
    const remove = newButton(
      'Remove',
      () => void this.#try(() => removeKept(name), `${name} is removed.`),
      `Remove the model ${name}`,
    );
    open.disabled = !isIdle;
    item.className = 'kept';
    item.append(name, detail, open, remove);
    return item;
  }

  async #try(act: () => Promise<void>, news = ''): Promise<void> {
    const problem = this.child('problem');
    let message = '';
    try {
      await act();
    } catch (error) {
      message = messageOf(error);
    }
    this.child('news').textContent = message === '' ? news : '';
    problem.textContent = message;
    problem.hidden = message === '';
  }
}

const nameOf = (asked: AskedModel | undefined): string =>
  asked?.kind === 'opened' ? asked.name : (asked?.run ?? 'model');

async function download(): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await packModel());
  const name = nameOf(askedModel.value).replace(/\.zip$/, '');
  link.download = `${name.replaceAll(/[^\w-]+/g, '-')}.zip`;
  link.click();
  URL.revokeObjectURL(link.href);
}

define('lab-models', LabModels);
