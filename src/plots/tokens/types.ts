import type { PlotOptions } from '../frame/types.ts';

export interface Token {
  readonly text: string;
  /** What the network gets instead of the word. */
  readonly id: number;
  readonly kind: 'word' | 'pad' | 'unknown' | 'start';
  /** Colours the token: positive blue, negative orange. */
  readonly value?: number;
}

/** Tokens in reading order, one for each timestep. */
export type TokenStripData = readonly Token[];

export interface TokenStripOptions extends PlotOptions {
  /** What a value is called, such as “logit”. */
  readonly valueName?: string;
  /** The value of the strongest colour; `largest`: the largest there is. Default 1. */
  readonly most?: number | 'largest';
  /** Told which timestep is clicked, or chosen with Enter; from 0. */
  readonly onPick?: (step: number) => void;
  /** False hides the numbers below the words. */
  readonly ids?: false;
}
