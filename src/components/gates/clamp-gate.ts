import { signal as state } from '@preact/signals-core';
import { compute } from '../../client/index.ts';
import type { ModelRef, Valve } from '../../client/index.ts';
import { GATE_COLORS } from '../../plots/colors.ts';
import { linePlot } from '../../plots/line.ts';
import type { LineData } from '../../plots/line.ts';
import { messageOf, percent } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';

interface Held {
  readonly value: number;
  readonly accuracy: number;
}

interface Clamp {
  readonly model: ModelRef;
  readonly free: number;
  readonly held: readonly Held[];
}

type Measured = Readonly<Record<Valve, readonly Held[]>>;

const NAMES: Readonly<Record<Valve, string>> = { f: 'forget', i: 'input', o: 'output' };

/** Lets the reader hold a gate at a value, and measures the network in the worker. */
class ClampGate extends LiveElement {
  readonly #measured = state<Measured>({ f: [], i: [], o: [] });
  readonly #status = state('');
  readonly #busy = state(false);

  protected connect(signal: AbortSignal): void {
    const clamp = JSON.parse(this.child('clamp').textContent) as Clamp;
    const slider = this.child<HTMLInputElement>('value');
    const measure = this.child<HTMLButtonElement>('measure');
    this.#measured.value = { f: clamp.held, i: [], o: [] };
    this.#status.value = this.child('status').textContent.trim();
    const plot = linePlot(this.#data(clamp), {
      title: 'Accuracy with a gate held at one value',
      x: { label: 'value of the gate', format: '.2~f' },
      y: { format: '.0%', include: [0.4, 0.9] },
    });
    this.child('plot').append(plot.element);
    signal.addEventListener('abort', () => plot.destroy());
    slider.disabled = false;
    const describe = (): void => {
      const text = `${slider.valueAsNumber.toFixed(2)}: ${meaning(slider.valueAsNumber)}, whatever the word.`;
      this.child('value-text').textContent = text;
      slider.ariaValueText = text;
    };
    slider.addEventListener('input', describe, { signal });
    measure.addEventListener(
      'click',
      () => void this.#measure(clamp, slider.valueAsNumber, signal),
      {
        signal,
      },
    );
    this.watch(() => plot.update(this.#data(clamp)));
    this.watch(() => (measure.disabled = this.#busy.value));
    this.watch(() => (this.child('status').textContent = this.#status.value));
  }

  async #measure({ model, free }: Clamp, value: number, signal: AbortSignal): Promise<void> {
    const gate = this.querySelector<HTMLInputElement>('input[type="radio"]:checked')!
      .value as Valve;
    const holding = `${NAMES[gate]} gate held at ${value.toFixed(2)}`;
    this.#busy.value = true;
    this.#status.value = `Reading with the ${holding} …`;
    const call = compute.start('clampGate', { model, gate, values: [value] });
    signal.addEventListener('abort', () => call.stop());
    try {
      const [clamped] = await call.result;
      const { accuracy } = clamped!.evaluation;
      const others = this.#measured.value[gate].filter((one) => one.value !== value);
      const points = [...others, { value, accuracy }].toSorted((a, b) => a.value - b.value);
      this.#measured.value = { ...this.#measured.value, [gate]: points };
      this.#status.value = `With the ${holding}: ${percent(accuracy)} right. With free gates: ${percent(free)}.`;
    } catch (error) {
      this.#status.value = messageOf(error);
    } finally {
      this.#busy.value = false;
    }
  }

  #data({ free }: Clamp): LineData {
    const series = (['f', 'i', 'o'] as const).map((gate) => ({
      name: `${NAMES[gate]} gate`,
      color: GATE_COLORS[gate],
      dots: true,
      points: this.#measured.value[gate].map(({ value, accuracy }) => [value, accuracy] as const),
    }));
    return {
      series,
      xMax: 1,
      guides: [
        { value: free, label: 'free gates' },
        { value: 0.5, label: 'guessing' },
      ],
    };
  }
}

function meaning(value: number): string {
  if (value === 0) return 'shut';
  return value === 1 ? 'wide open' : `${Math.round(100 * value)}\u202f% gets through`;
}

define('clamp-gate', ClampGate);
