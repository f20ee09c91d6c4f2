import { define, LiveElement } from '../live-element.ts';
import { notebook } from './lesson-notebook.ts';

/** What concerns all cells: run, stop, share, reset, and what the reader should know. */
class NotebookBar extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const onClick = (part: string, action: () => unknown): void =>
      this.child(part).addEventListener('click', () => void action(), { signal });
    onClick('run-all', () => notebook.runAll());
    onClick('stop', () => notebook.stop());
    onClick('share', () => this.#share());
    onClick('export', () => this.#export());
    onClick('reset', () => notebook.resetAll());
    addEventListener('hashchange', () => void notebook.openLink(location.hash), { signal });
    this.watch(() => {
      this.child('run-all').hidden = notebook.busy.value;
      this.child('stop').hidden = !notebook.busy.value;
    });
    this.watch(() => {
      this.child('said').textContent = notebook.said.value;
    });
    this.watch(() => this.#showNotices());
    this.toggleAttribute('live', true);
    void notebook.open(location.hash);
  }

  #showNotices(): void {
    this.child('notices').replaceChildren(
      ...notebook.notices.list.value.map((notice) => {
        const line = document.createElement('p');
        line.className = notice.trouble ? 'notice' : 'notice calm';
        const dismiss = document.createElement('button');
        dismiss.type = 'button';
        dismiss.textContent = '×';
        dismiss.ariaLabel = 'Dismiss';
        dismiss.addEventListener('click', () => notebook.notices.dismiss(notice));
        line.append(notice.text, dismiss);
        return line;
      }),
    );
  }

  /** Hands over the lesson as one file, with the code as it is now. */
  async #export(): Promise<void> {
    const { exportLesson } = await import('./export-lesson.ts');
    const text = exportLesson(this.closest('article')!);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-ipynb+json' }));
    link.download = `${notebook.lesson.split('/').at(-1)}.ipynb`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async #share(): Promise<void> {
    const told = this.child('shared');
    told.hidden = false;
    try {
      const hash = await notebook.share();
      history.replaceState(history.state, '', `#${hash}`);
      await navigator.clipboard.writeText(location.href);
      told.textContent = 'Copied: the link holds your changes and the state of the controls.';
    } catch (error) {
      told.textContent =
        error instanceof DOMException
          ? 'The link with your changes is in the address bar: copy it from there.'
          : String(error instanceof Error ? error.message : error);
    }
  }
}

define('notebook-bar', NotebookBar);
