/** The runs of the lesson on gradient clipping, as plain values. */
import type { RaceFigure, SomeSettings } from '../../components/training/race-figure.ts';
import { checkModel } from '../../core/models/settings/index.ts';
import type { ModelSettings } from '../../core/models/settings/index.ts';
import type { AnatomyLook } from '../../protocol/clipping.ts';

/** Nothing squashes this network’s state: what its recurrent kernel stretches stays stretched. */
const LINEAR: SomeSettings = {
  text: { maxlen: 80 },
  network: { layers: [{ cell: 'SimpleRNN', units: 16, activation: 'linear' }] },
};

/** The run that ends in a NaN. */
export const SEED = 5;
const FRAGILE_TRAINING = { optimizer: 'sgd', learningRate: 0.1, seed: SEED } as const;
export const FRAGILE: ModelSettings = checkModel({ ...LINEAR, training: FRAGILE_TRAINING });

/** The last step that it takes, and a length of step to begin with, by its place in the slice. */
export const LAST_STEP = 39;
const [SHORTEST, FINE, PLACES] = [-3, 20, 97];
const distances = Array.from({ length: PLACES }, (_, i) => 10 ** (SHORTEST + i / FINE));
/** Where a step of length 0.1 lies among the distances. */
export const TENTH = (-1 - SHORTEST) * FINE;

const LIMITS = Array.from({ length: 41 }, (_, i) => 10 ** (-3 + i / 8));

export const LOOK: AnatomyLook = {
  distances,
  limits: LIMITS,
  clippings: [
    { kind: 'none' },
    { kind: 'clipvalue', value: 1 },
    { kind: 'clipnorm', value: 1 },
    { kind: 'global_clipnorm', value: 1 },
  ],
};

const fragile = (clipping: ModelSettings['training']['clipping']): SomeSettings => ({
  ...LINEAR,
  training: { ...FRAGILE_TRAINING, clipping },
});

/** The same run four times: four ways of clipping. */
export const FOUR_WAYS: RaceFigure = {
  models: [
    { name: 'none', color: 'var(--danger)', settings: fragile('none') },
    { name: 'clipvalue', color: 'var(--negative)', settings: fragile('clipvalue') },
    { name: 'clipnorm', color: 'var(--layer-gru)', settings: fragile('clipnorm') },
    { name: 'global_clipnorm', color: 'var(--positive)', settings: fragile('global_clipnorm') },
  ],
  curves: ['loss', 'gradient'],
  steps: 150,
  seed: SEED,
  window: 5,
  validateEvery: 0,
  telemetry: { every: 1 },
};

const withAdam = (clip?: number): SomeSettings => ({
  training: clip === undefined ? { clipping: 'none' } : { clipping: 'clipnorm', clip },
});

/** Adam does not mind how long a gradient is. */
export const ADAM_WAYS: RaceFigure = {
  models: [
    { name: 'no clipping', color: 'var(--danger)', settings: withAdam() },
    { name: 'clipnorm 0.1', color: 'var(--negative)', settings: withAdam(0.1) },
    { name: 'clipnorm 0.01', color: 'var(--layer-gru)', settings: withAdam(0.01) },
    { name: 'clipnorm 0.001', color: 'var(--positive)', settings: withAdam(0.001) },
  ],
  curves: ['loss', 'accuracy'],
  steps: 100,
  window: 10,
  validateEvery: 0,
  telemetry: { every: 1 },
};

/** Steps of the preset that are looked at. */
export const PRESET_STEPS = 8;
