import type { BackendChoice, EngineRequest } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { describeEngine, ENGINE_NAMES } from './engine-names.ts';
import { backend, engineReport, memory } from './engine-store.ts';
import { megabytes, messageOf, whole } from './format.ts';
import { log, phase, setEngine } from './lab-store.ts';

/** Tells which engine runs and how it does, tests them anew, and lets the reader choose one. */
class LabEngines extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const select = this.querySelector<HTMLSelectElement>('[data-part="choice"]');
    this.child('test').addEventListener(
      'click',
      () => void this.#set({ choice: 'auto', retest: true }, 'Testing …'),
      { signal },
    );
    select?.addEventListener(
      'change',
      () => void this.#set({ choice: select.value as BackendChoice }, 'Starting it …'),
      { signal },
    );
    this.watch(() => this.#showReport());
    this.watch(() => this.#showLoad());
    this.watch(() => {
      const busy = phase.value !== 'idle';
      this.child<HTMLButtonElement>('test').disabled = busy;
      if (!select) return;
      select.disabled = busy;
      select.value = backend.value;
    });
  }

  async #set(request: EngineRequest, doing: string): Promise<void> {
    this.child('result').textContent = doing;
    try {
      await setEngine(request);
      this.#showReport();
    } catch (error) {
      this.child('result').textContent = messageOf(error);
      const select = this.querySelector<HTMLSelectElement>('[data-part="choice"]');
      if (select) select.value = backend.value;
    }
  }

  #showReport(): void {
    const report = engineReport.value;
    if (!report) return;
    this.child('result').textContent = describeEngine(report);
    this.child('facts').hidden = this.child('backends').hidden = false;
    this.child('backends').replaceChildren(
      ...report.backends.map(({ backend: name, detail }) => {
        const item = document.createElement('li');
        const title = document.createElement('strong');
        title.textContent = ENGINE_NAMES[name];
        item.toggleAttribute('data-used', name === report.backend);
        item.append(title, detail);
        return item;
      }),
    );
  }

  /** Of the run, while there is one; else of the engine. */
  #showLoad(): void {
    const run = phase.value === 'running' ? log.value.last : undefined;
    const held = run?.memory ?? memory.value;
    const words = run?.tokensPerSecond ?? engineReport.value?.wordsPerSecond;
    this.child('memory').textContent = held
      ? `${megabytes(held.bytes)} MB in ${whole(held.tensors)} tensors`
      : '–';
    this.child('speed').textContent =
      words === undefined
        ? 'not timed'
        : `${whole(words)} words a second, in ${run ? 'this run' : 'the test step'}`;
  }
}

define('lab-engines', LabEngines);
