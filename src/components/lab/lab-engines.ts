import { define, LiveElement } from '../live-element.ts';
import { describeEngine } from './engine-names.ts';
import { messageOf } from './format.ts';
import { testEngines } from './lab-store.ts';

/** Tests the engines anew, and tells what came out. */
class LabEngines extends LiveElement {
  protected connect(signal: AbortSignal): void {
    this.child('test').addEventListener('click', () => void this.#test(), { signal });
  }

  async #test(): Promise<void> {
    const result = this.child('result');
    result.textContent = 'Testing …';
    try {
      result.textContent = describeEngine(await testEngines());
    } catch (error) {
      result.textContent = messageOf(error);
    }
  }
}

define('lab-engines', LabEngines);
