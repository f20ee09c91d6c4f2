import { confusionMatrix } from '../../plots/confusion-matrix.ts';
import { rocPlot } from '../../plots/roc.ts';
import type { TestReading } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { askedModel, readTest, testReading, textOf } from './asked-model.ts';
import { messageOf, percent, whole } from './format.ts';
import { phase } from './lab-store.ts';
import { mistakesOf, slicesOf } from './mistakes.ts';
import type { Mistake, Order } from './mistakes.ts';
import { newButton, tableRow } from './table-row.ts';

const CLASSES = ['negative', 'positive'];
/** Mistakes that are listed at a time. */
const PAGE = 10;

/** Reads the test set when it is told to, and shows where the model errs. */
class LabTest extends LiveElement {
  #shown = PAGE;

  protected connect(signal: AbortSignal): void {
    const matrix = confusionMatrix(
      { classes: CLASSES, counts: [] },
      { title: 'Verdicts on the test reviews' },
    );
    const roc = rocPlot(
      { probabilities: [], labels: [] },
      { title: 'ROC curve on the test reviews' },
    );
    this.child('confusion').replaceChildren(matrix.element);
    this.child('roc').replaceChildren(roc.element);
    signal.addEventListener('abort', () => [matrix, roc].forEach((plot) => plot.destroy()));
    this.child('read').addEventListener('click', () => void this.#read(), { signal });
    const list = (shown: number) => (): void => {
      this.#shown = shown === 0 ? this.#shown + PAGE : shown;
      this.#list();
    };
    this.child('order').addEventListener('change', list(PAGE), { signal });
    this.child('more').addEventListener('click', list(0), { signal });
    this.watch(() => {
      const asked = askedModel.value;
      const isReady = phase.value === 'idle' && asked?.kind === 'trained';
      this.child<HTMLButtonElement>('read').disabled = !isReady;
    });
    this.watch(() => {
      const read = testReading.value;
      const isOf = read !== undefined && isAsked(read.run);
      this.child('results').hidden = !isOf;
      this.child('headline').textContent = isOf ? headline(read.reading) : '';
      if (!isOf) return;
      const { reading } = read;
      matrix.update({ classes: CLASSES, counts: countsOf(reading) });
      roc.update(reading);
      this.#slice('by-length', reading, reading.words, whole);
      this.#slice('by-unknown', reading, reading.unknown, percent);
      this.#shown = PAGE;
      this.#list();
    });
  }

  async #read(): Promise<void> {
    const asked = askedModel.value;
    if (asked?.kind !== 'trained') return;
    const bar = this.child<HTMLProgressElement>('progress');
    const problem = this.child('problem');
    problem.textContent = '';
    bar.value = 0;
    bar.hidden = false;
    phase.value = 'reading';
    try {
      await readTest(asked.run, (share) => (bar.value = share));
    } catch (error) {
      problem.textContent = messageOf(error);
    } finally {
      phase.value = 'idle';
      bar.hidden = true;
      problem.hidden = problem.textContent === '';
    }
  }

  #slice(
    part: string,
    reading: TestReading,
    values: ArrayLike<number>,
    show: (value: number) => string,
  ): void {
    this.child(part).replaceChildren(
      ...slicesOf(reading, values).map(({ from, to, reviews, wrong }) =>
        tableRow(`${show(from)} – ${show(to)}`, [whole(reviews), percent(wrong / reviews)]),
      ),
    );
  }

  #list(): void {
    const { reading } = testReading.value!;
    const order = this.child<HTMLSelectElement>('order').value as Order;
    const mistakes = mistakesOf(reading, order);
    this.child('mistakes').replaceChildren(...mistakes.slice(0, this.#shown).map(mistakeItem));
    this.child('more').hidden = this.#shown >= mistakes.length;
  }
}

const isAsked = (run: string): boolean =>
  askedModel.value?.kind === 'trained' && askedModel.value.run === run;

function headline({ evaluation: { accuracy, auc, loss, reviews } }: TestReading): string {
  return (
    `${percent(accuracy)} of ${whole(reviews)} test reviews are judged right; ` +
    `AUC ${auc.toFixed(4)}, loss ${loss.toFixed(4)}.`
  );
}

function countsOf({ evaluation: { confusion } }: TestReading): number[][] {
  const { trueNegatives, falsePositives, falseNegatives, truePositives } = confusion;
  return [
    [trueNegatives, falsePositives],
    [falseNegatives, truePositives],
  ];
}

function mistakeItem({ row, label, probability, words, unknown }: Mistake): HTMLLIElement {
  const item = document.createElement('li');
  const text = document.createElement('p');
  const sure = Math.max(probability, 1 - probability);
  const said = document.createElement('span');
  said.textContent =
    `${label === 1 ? 'Positive' : 'Negative'}, but the model is ${percent(sure)} sure that it is ${CLASSES[1 - label]}. ` +
    `${whole(words)} words, ${percent(unknown)} of them unknown.`;
  const read = newButton(
    'Read it',
    () => {
      read.disabled = true;
      text.textContent = 'Loading …';
      void textOf(row)
        .then((found) => found.replaceAll(/<br\s*\/?>/gi, '\n'), messageOf)
        .then((found) => (text.textContent = found));
    },
    `Read row ${row}`,
  );
  text.className = 'review-text';
  item.className = 'kept';
  item.append(said, read, text);
  return item;
}

define('lab-test', LabTest);
