import { DEFAULT_LAYER, DEFAULT_MODEL } from '../settings/index.ts';
import type { Preset } from './preset.ts';

export const lstmRmsprop: Preset = {
  name: 'lstm-rmsprop',
  title: 'LSTM with RMSprop',
  summary: 'A small LSTM, the optimizer that came before Adam, and every review at one length.',
  settings: {
    text: { ...DEFAULT_MODEL.text, numWords: 10_000, maxlen: 500 },
    network: {
      ...DEFAULT_MODEL.network,
      embeddingDim: 32,
      layers: [{ ...DEFAULT_LAYER, units: 32 }],
    },
    training: {
      ...DEFAULT_MODEL.training,
      optimizer: 'rmsprop',
      learningRate: 0.001,
      epochs: 12,
      patience: 3,
    },
  },
};
