import { bagOfWords } from './bag-of-words.ts';
import { best } from './best.ts';
import { gruLstm } from './gru-lstm.ts';
import { lstmClipnorm, lstmClipnormMasked } from './lstm-clipnorm.ts';
import { lstmDropout } from './lstm-dropout.ts';
import { lstmRmsprop } from './lstm-rmsprop.ts';
import type { Preset } from './preset.ts';
import { simpleRnn } from './simple-rnn.ts';

export type { Preset } from './preset.ts';

/** Every preset, from the simplest on. */
export const PRESETS: readonly Preset[] = [
  bagOfWords,
  simpleRnn,
  lstmRmsprop,
  lstmClipnorm,
  lstmClipnormMasked,
  lstmDropout,
  gruLstm,
  best,
];

/** The preset of a name, or undefined. */
export function presetNamed(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name);
}
