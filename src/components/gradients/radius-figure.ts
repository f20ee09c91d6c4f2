import type { ModelSettings, RecurrentSettings } from '../../client/index.ts';
import { LAYER_COLORS } from '../../plots/colors.ts';
import { messageOf } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import { whenNear } from '../when-near.ts';
import { describeRadius } from './gradient-text.ts';
import { powersOf } from './radius-data.ts';
import type { RadiusData } from './radius-data.ts';

interface Shown {
  readonly radius: number;
  readonly norms: ArrayLike<number>;
}

/** Numbers below this are drawn there: a logarithmic axis has no place for 0. */
const FLOOR = 1e-30;

/** Scales the recurrent kernel as the reader asks, and lets the worker send a gradient back through it. */
class RadiusFigure extends LiveElement {
  #data!: RadiusData;
  #draw: ((shown: Shown) => void) | undefined;
  /** The worker answers one at a time: the newest question waits. */
  #asked: { radius: number; activation: string } | undefined;
  #busy = false;

  protected connect(signal: AbortSignal): void {
    this.#data = JSON.parse(this.child('radius-data').textContent) as RadiusData;
    const slider = this.child<HTMLInputElement>('radius');
    slider.disabled = false;
    slider.ariaValueText = this.child('radius-text').textContent;
    this.addEventListener('input', () => this.#ask(signal), { signal });
    whenNear(this, () => void this.#makePlots(signal), signal);
  }

  async #makePlots(signal: AbortSignal): Promise<void> {
    const [{ gradientStrip }, { linePlot }, { linkPlots }] = await Promise.all([
      import('../../plots/gradient-strip.ts'),
      import('../../plots/line.ts'),
      import('../../plots/frame/create-plot.ts'),
    ]);
    if (signal.aborted) return;
    const color = LAYER_COLORS.SimpleRNN;
    const { words } = this.#data;
    const stripOf = ({ norms }: Shown) => ({
      series: [{ name: 'gradient at each word', values: norms, color }],
      words,
    });
    const curveOf = ({ radius, norms }: Shown) => ({
      series: [
        { name: 'gradient', points: points(norms), color },
        { name: 'a power of the radius', points: points(powersOf(radius, norms)), thin: true },
      ],
    });
    const strip = gradientStrip(stripOf(this.#data), { title: 'Gradient at each word' });
    const curve = linePlot(curveOf(this.#data), {
      title: 'Gradient at each word, and what the spectral radius alone would make of it',
      x: { label: 'word' },
      y: { label: 'gradient', scale: 'log' },
      height: 260,
    });
    this.child('strip').replaceChildren(strip.element);
    this.child('curve').replaceChildren(curve.element);
    linkPlots([strip, curve]);
    this.#draw = (shown) => {
      strip.update(stripOf(shown));
      curve.update(curveOf(shown));
    };
    signal.addEventListener('abort', () => {
      strip.destroy();
      curve.destroy();
    });
  }

  #ask(signal: AbortSignal): void {
    const radius = this.child<HTMLInputElement>('radius').valueAsNumber;
    const chosen = this.querySelector<HTMLInputElement>('[name="radius-activation"]:checked')!;
    this.#asked = { radius, activation: chosen.value };
    if (!this.#busy) void this.#answer(signal);
  }

  async #answer(signal: AbortSignal): Promise<void> {
    this.#busy = true;
    const { compute } = await import('../../client/index.ts');
    while (this.#asked && !signal.aborted) {
      const { radius, activation } = this.#asked;
      this.#asked = undefined;
      try {
        this.#say('state', 'The network computes …');
        const settings = withActivation(this.#data.settings, activation);
        const { text } = this.#data;
        const { norms } = await compute.call('throughTime', { settings, text, radius });
        this.#show({ radius, norms });
        this.#say('state', `Computed on your machine, at a radius of ${radius.toFixed(2)}.`);
      } catch (error) {
        this.#say('state', messageOf(error));
      }
    }
    this.#busy = false;
  }

  #show(shown: Shown): void {
    this.#draw?.(shown);
    const text = describeRadius(shown.radius, shown.norms);
    this.#say('radius-text', text);
    this.child('radius').ariaValueText = text;
  }

  #say(part: string, text: string): void {
    this.child(part).textContent = text;
  }
}

const points = (norms: ArrayLike<number>) =>
  Array.from(norms, (norm, t) => [t + 1, Math.max(FLOOR, norm)] as const);

function withActivation(settings: ModelSettings, activation: string): ModelSettings {
  const { network } = settings;
  const layers = network.layers.map((layer) => ({
    ...layer,
    activation: activation as RecurrentSettings['activation'],
  }));
  return { ...settings, network: { ...network, layers } };
}

define('radius-figure', RadiusFigure);
