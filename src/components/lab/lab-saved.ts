import type { SavedRun } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { megabytes, messageOf, moment, whole } from './format.ts';
import { phase, train } from './lab-store.ts';
import { listSaved, mayHaveSaved, removeSaved, savedRuns } from './saved-runs.ts';
import { newButton } from './table-row.ts';

/** Runs whose last checkpoint the browser keeps: each can go on, or be removed. */
class LabSaved extends LiveElement {
  protected connect(): void {
    if (mayHaveSaved() && !savedRuns.value) void this.#try(listSaved);
    this.watch(() => this.#show());
  }

  #show(): void {
    const saved = savedRuns.value;
    const isIdle = phase.value === 'idle';
    this.hidden = !saved || saved.runs.length === 0;
    if (!saved) return;
    const { used, limit } = saved.room;
    const of = limit === undefined ? '' : ` of ${megabytes(limit)}`;
    this.child('room').textContent =
      `A run is saved every 30 seconds and after each epoch. Together they take ${megabytes(used)}${of} MB.`;
    this.child('list').replaceChildren(...saved.runs.map((run) => this.#item(run, isIdle)));
  }

  #item({ run, epoch, step, bytes, savedAt }: SavedRun, isIdle: boolean): HTMLLIElement {
    const item = document.createElement('li');
    const text = document.createElement('span');
    text.textContent = run;
    const detail = document.createElement('span');
    detail.className = 'hint';
    detail.textContent =
      `Step ${whole(step)}, in epoch ${epoch + 1}. ` +
      `${megabytes(bytes)} MB, saved ${moment(savedAt)}.`;
    const goOn = newButton('Go on', () => void train({ kind: 'saved', run }), `Go on with ${run}`);
    const remove = newButton(
      'Remove',
      () => void this.#try(() => removeSaved([run])),
      `Remove ${run}`,
    );
    goOn.disabled = remove.disabled = !isIdle;
    item.append(text, detail, goOn, remove);
    item.className = 'kept';
    return item;
  }

  async #try(act: () => Promise<void>): Promise<void> {
    const problem = this.child('problem');
    problem.textContent = '';
    try {
      await act();
    } catch (error) {
      this.hidden = false;
      problem.textContent = messageOf(error);
    }
    problem.hidden = problem.textContent === '';
  }
}

define('lab-saved', LabSaved);
