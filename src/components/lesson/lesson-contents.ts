import { define, LiveElement } from '../live-element.ts';
import { watchHeadings } from './heading-watch.ts';
import { describeProgress, keepProgress } from './progress.ts';
import type { LessonProgress } from './progress.ts';

/** Marks the section that is being read, and keeps which sections, questions and cells are done. */
class LessonContents extends LiveElement {
  #steps: readonly string[] = [];
  #done: ReadonlySet<string> = new Set();

  protected connect(signal: AbortSignal): void {
    const article = this.closest('article')!;
    const headings = [...article.querySelectorAll<HTMLElement>('.prose > :is(h2, h3)[id]')];
    const sections = headings.filter(({ localName }) => localName === 'h2');
    const cells = [...article.querySelectorAll<HTMLElement>('notebook-cell')];
    const questions = [...article.querySelectorAll<HTMLElement>('[data-question]')];
    this.#steps = [
      ...sections.map(({ id }) => `section:${id}`),
      ...questions.map(({ dataset }) => `question:${dataset['question']}`),
      ...cells.map(({ dataset }) => `cell:${dataset['name']}`),
    ];
    this.#show(keepProgress(this.#lesson, this.#steps));

    watchHeadings(headings, article.querySelector('.prose')!, signal, {
      current: (heading) => this.#mark(heading),
      read: ({ id }) => this.#finish(`section:${id}`),
    });
    for (const question of questions) {
      const answer = question.querySelector('details')!;
      const answered = (): void => {
        if (answer.open) this.#finish(`question:${question.dataset['question']}`);
      };
      answer.addEventListener('toggle', answered, { signal });
    }
    const ran = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const { name, state } = (target as HTMLElement).dataset;
        if (state === 'done') this.#finish(`cell:${name}`);
      }
    });
    for (const cell of cells) ran.observe(cell, { attributeFilter: ['data-state'] });
    signal.addEventListener('abort', () => ran.disconnect());

    const list = this.querySelector<HTMLElement>('[popover]')!;
    const close = ({ target }: Event): void => {
      if ((target as Element).closest('a')) list.hidePopover();
    };
    list.addEventListener('click', close, { signal });
  }

  get #lesson(): string {
    return this.dataset['lesson']!;
  }

  #mark(heading: HTMLElement | undefined): void {
    for (const link of this.querySelectorAll('a')) {
      const here = link.hash === `#${heading?.id}`;
      link.ariaCurrent = here ? 'location' : null;
      if (here) this.child('here').textContent = link.textContent;
    }
    if (!heading) this.child('here').textContent = 'Contents';
  }

  #finish(step: string): void {
    if (this.#done.has(step)) return;
    this.#show(keepProgress(this.#lesson, this.#steps, step));
  }

  #show(progress: LessonProgress): void {
    this.#done = new Set(progress.done);
    for (const link of this.querySelectorAll('a')) {
      const { parentElement: item, hash } = link;
      item!.toggleAttribute('data-done', this.#done.has(`section:${hash.slice(1)}`));
    }
    const bar = this.child<HTMLProgressElement>('bar');
    bar.max = Math.max(1, progress.of);
    bar.value = this.#done.size;
    this.child('progress').textContent = describeProgress(progress) || '\u00A0';
  }
}

define('lesson-contents', LessonContents);
