import { define, LiveElement } from '../live-element.ts';
import { describeProgress, forgetProgress, readProgress } from './progress.ts';

/** Shows in the list of lessons how far the reader has come, and forgets it when asked to. */
class CourseProgress extends LiveElement {
  protected connect(signal: AbortSignal): void {
    this.#show();
    // Another tab, or the way back from a lesson, may bring news.
    addEventListener('storage', () => this.#show(), { signal });
    addEventListener('pageshow', () => this.#show(), { signal });
    const forget = (): void => {
      forgetProgress();
      this.#show();
      this.child('forgotten').textContent = 'Forgotten.';
    };
    this.child('forget').addEventListener('click', forget, { signal });
  }

  #show(): void {
    const kept = readProgress();
    for (const item of this.querySelectorAll<HTMLElement>('[data-lesson]')) {
      const text = describeProgress(kept[item.dataset['lesson']!]);
      item.querySelector('[data-part="progress"]')!.textContent = text;
      if (text) item.dataset['state'] = text === 'done' ? 'done' : 'begun';
      else delete item.dataset['state'];
    }
    this.child('forget').hidden = Object.keys(kept).length === 0;
  }
}

define('course-progress', CourseProgress);
