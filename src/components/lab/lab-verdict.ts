import type { Calls } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { AlongPlots } from './along-plots.ts';
import type { AskedModel } from './asked-model.ts';
import { askedModel, judge, judgeAlong, sampleTestReview } from './asked-model.ts';
import { messageOf, percent, whole } from './format.ts';

type Verdict = Calls['judge']['result'];

/** How many unknown words are listed by name. */
const NAMED_WORDS = 8;

/** A review goes in, the model's verdict comes out. */
class LabVerdict extends LiveElement {
  /** What is known of the review in the box, when it came from the test set. */
  #truth = '';
  /** A late answer must not replace a newer one. */
  #latest = 0;
  readonly #along = new AlongPlots();

  protected connect(signal: AbortSignal): void {
    const text = this.child<HTMLTextAreaElement>('text');
    this.child('form').addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        void this.#ask(async () => text.value);
      },
      { signal },
    );
    text.addEventListener('input', () => (this.#truth = ''), { signal });
    this.child('sample').addEventListener(
      'click',
      () => void this.#ask(() => this.#takeSample(text)),
      { signal },
    );
    this.child('along').replaceChildren(...this.#along.elements);
    signal.addEventListener('abort', () => this.#along.destroy());
    this.watch(() => {
      const asked = askedModel.value;
      const ready = asked !== undefined;
      this.child<HTMLButtonElement>('judge').disabled = !ready;
      this.child<HTMLButtonElement>('sample').disabled = !ready;
      this.child('wait').textContent = describeModel(asked);
    });
  }

  /** @returns the review as it stands in the source */
  async #takeSample(text: HTMLTextAreaElement): Promise<string> {
    const review = await sampleTestReview(Math.floor(Math.random() * 25_000));
    text.value = review.text.replaceAll(/<br\s*\/?>/gi, '\n');
    const label = review.label === 1 ? 'positive' : 'negative';
    this.#truth = `Its author’s rating was ${label} (row ${review.row} of the data set).`;
    return review.text;
  }

  /** Shows the answer to a question, unless a newer question was asked meanwhile. */
  async #ask(question: () => Promise<string>): Promise<void> {
    const asked = ++this.#latest;
    let review = '';
    let verdict: Verdict | undefined;
    let message = '';
    try {
      review = await question();
      verdict = await judge(review);
    } catch (error) {
      message = messageOf(error);
    }
    if (asked !== this.#latest) return;
    const problem = this.child('problem');
    problem.textContent = message;
    problem.hidden = message === '';
    this.child('result').hidden = verdict === undefined;
    if (verdict) this.#show(verdict);
    if (verdict?.kind !== 'verdict') return this.#along.show([]);
    const along = await judgeAlong(review).catch(() => []);
    if (asked === this.#latest) this.#along.show(along);
  }

  #show(verdict: Verdict): void {
    this.child('verdict').textContent = headline(verdict);
    this.child('detail').textContent = [details(verdict), this.#truth].filter(Boolean).join(' ');
    this.child('scale').hidden = this.child('ends').hidden = verdict.kind !== 'verdict';
    if (verdict.kind !== 'verdict') return;
    this.child('mark').style.left = `${100 * verdict.probability}%`;
  }
}

function describeModel(asked: AskedModel | undefined): string {
  switch (asked?.kind) {
    case undefined:
      return 'The model needs training first.';
    case 'trained':
      return `You ask the model of the run “${asked.run}”.`;
    case 'opened':
      return `You ask the model “${asked.name}”.`;
  }
}

function headline(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'empty':
      return 'There is no word to read.';
    case 'unknown':
      return 'No verdict: the model knows none of these words.';
    case 'verdict':
      return verdict.probability >= 0.5
        ? `Positive, says the model: ${percent(verdict.probability)} sure.`
        : `Negative, says the model: ${percent(1 - verdict.probability)} sure.`;
  }
}

function details(verdict: Verdict): string {
  if (verdict.kind === 'empty') return 'Write a few words about a film.';
  if (verdict.kind === 'unknown') {
    return 'It can only guess from words that stand in its vocabulary. Try common English words.';
  }
  const { words, cut, unknownWords } = verdict;
  const parts = [`${whole(words)} ${words === 1 ? 'word' : 'words'} read.`];
  if (cut > 0) parts.push(`${whole(cut)} did not fit into its length and were cut.`);
  if (unknownWords.length > 0) {
    const named = unknownWords.slice(0, NAMED_WORDS).join(', ');
    const more = unknownWords.length - NAMED_WORDS;
    parts.push(`Unknown to it: ${named}${more > 0 ? ` and ${whole(more)} more` : ''}.`);
  }
  return parts.join(' ');
}

define('lab-verdict', LabVerdict);
