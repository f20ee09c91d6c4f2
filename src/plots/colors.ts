/** One colour language for every figure, from the design tokens. */

const gate = (name: string): string => `var(--gate-${name})`;

/** Each gate has one hue, wherever it is drawn. Keys are those of Keras's gate axis. */
export const GATE_COLORS = {
  i: gate('input'),
  f: gate('forget'),
  g: gate('candidate'),
  o: gate('output'),
  z: gate('update'),
  r: gate('reset'),
} as const;

/** Each recurrent layer has one hue, by its Keras class name. */
export const LAYER_COLORS = {
  SimpleRNN: 'var(--layer-simple-rnn)',
  LSTM: 'var(--layer-lstm)',
  GRU: 'var(--layer-gru)',
} as const;

/** A hue at a strength from 0 to 100 over the surface. */
export function shade(hue: string, percent: number): string {
  return `color-mix(in oklab, ${hue} ${Math.round(percent)}%, var(--surface))`;
}

/** Colours of the diverging scale, for a legend. */
export const DIVERGING_RAMP = 'var(--negative), var(--surface), var(--positive)';
