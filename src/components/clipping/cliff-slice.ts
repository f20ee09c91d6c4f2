import { signal as state } from '@preact/signals-core';
import { compute } from '../../client/index.ts';
import type { AnatomyLook, ModelSettings, StepAnatomy } from '../../client/index.ts';
import { linePlot } from '../../plots/line.ts';
import type { LineData } from '../../plots/line.ts';
import { figure, messageOf } from '../lab/format.ts';
import { tableRow } from '../lab/table-row.ts';
import { define, LiveElement } from '../live-element.ts';
import { clippingName, describeStep, landingCells, longest, slicePoints } from './cliff-text.ts';
import type { CliffData } from './cliff-text.ts';

interface Cliff {
  readonly settings: ModelSettings;
  readonly look: AnatomyLook;
  readonly start: CliffData;
}

/** How long the reader must rest on a step before the worker trains up to it. */
const REST = 350;

/** Shows the loss along a step of a run. The reader chooses how long the step is, and which one. */
class CliffSlice extends LiveElement {
  readonly #shown = state<CliffData | undefined>(undefined);
  readonly #at = state(0);
  readonly #status = state('');
  #asked = 0;

  protected connect(signal: AbortSignal): void {
    const cliff = JSON.parse(this.child('cliff').textContent) as Cliff;
    const length = this.child<HTMLInputElement>('length');
    const step = this.child<HTMLInputElement>('step');
    this.#shown.value = cliff.start;
    this.#at.value = length.valueAsNumber;
    this.#status.value = this.child('status').textContent.trim();
    const plot = linePlot(this.#data(), {
      title: 'Loss of the batch by the length of a step against its gradient',
      x: { label: 'length of the step, as a power of ten', format: '.1~f' },
      y: { label: 'loss', scale: 'log', include: [0.5, 100] },
    });
    this.child('plot').append(plot.element);
    signal.addEventListener('abort', () => plot.destroy());
    length.disabled = false;
    length.addEventListener('input', () => (this.#at.value = length.valueAsNumber), { signal });
    let timer: ReturnType<typeof setTimeout>;
    step.addEventListener(
      'input',
      () => {
        clearTimeout(timer);
        timer = setTimeout(() => void this.#ask(cliff, step.valueAsNumber), REST);
      },
      { signal },
    );
    signal.addEventListener('abort', () => clearTimeout(timer));
    this.watch(() => plot.update(this.#data()));
    this.watch(() => this.#showLength(length));
    this.watch(() => this.#showRows());
    this.watch(() => (this.child('status').textContent = this.#status.value));
  }

  /** Only the newest question is shown. */
  async #ask({ settings, look }: Cliff, step: number): Promise<void> {
    const asked = ++this.#asked;
    this.#status.value = `Training up to step ${step} …`;
    try {
      const request = { settings, trainOn: 'starter', step, ...look } as const;
      const anatomy = await compute.call('dissectStep', request);
      if (asked !== this.#asked) return;
      this.#shown.value = { step, anatomy };
      this.#status.value = describeAnatomy(step, anatomy);
    } catch (error) {
      if (asked === this.#asked) this.#status.value = messageOf(error);
    }
  }

  #data(): LineData {
    const { step, anatomy } = this.#shown.value!;
    const chosen = anatomy.slice[this.#at.value];
    const raw = anatomy.landings.find(({ clipping }) => clipping.kind === 'none');
    return {
      series: [
        { name: `step ${step}`, points: slicePoints(anatomy.slice), color: 'var(--accent)' },
      ],
      xMax: Math.log10(anatomy.slice.at(-1)![0]),
      markers: [
        ...(chosen ? [{ x: Math.log10(chosen[0]), label: 'your step' }] : []),
        ...(raw ? [{ x: Math.log10(raw.distance), label: 'unclipped' }] : []),
      ],
      guides: [{ value: anatomy.loss, label: 'before the step' }],
    };
  }

  #showLength(length: HTMLInputElement): void {
    const { anatomy } = this.#shown.value!;
    const chosen = anatomy.slice[this.#at.value];
    if (!chosen) return;
    const text = describeStep(chosen[0], anatomy.loss, chosen[1]);
    this.child('length-text').textContent = text;
    length.ariaValueText = text;
  }

  #showRows(): void {
    const { landings } = this.#shown.value!.anatomy;
    this.child('rows').replaceChildren(
      ...landings.map((landing) => tableRow(clippingName(landing), landingCells(landing))),
    );
  }
}

function describeAnatomy(step: number, anatomy: StepAnatomy): string {
  return (
    `Computed on your machine. Before step ${step} the loss is ${figure(anatomy.loss)} and the ` +
    `gradient ${figure(anatomy.norm)} long, most of it in ${longest(anatomy)}.`
  );
}

define('cliff-slice', CliffSlice);
