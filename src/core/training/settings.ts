/** Keras's Adam (Kingma & Ba, ICLR 2015). */
export interface AdamSettings {
  readonly name: 'adam';
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Keras's RMSprop (Hinton, 2012), neither centred nor with momentum. */
export interface RmsPropSettings {
  readonly name: 'rmsprop';
  readonly learningRate: number;
  /** How much of the mean square stays at each step. */
  readonly rho: number;
  readonly epsilon: number;
}

/** Keras's SGD. */
export interface SgdSettings {
  readonly name: 'sgd';
  readonly learningRate: number;
  /** 0: none. */
  readonly momentum: number;
  readonly nesterov: boolean;
}

export type OptimizerSettings = AdamSettings | RmsPropSettings | SgdSettings;

/** How the learning rate falls. Steps are counted from 0, after the warm-up. */
export type DecaySettings =
  | { readonly kind: 'constant' }
  /** Times `rate` every `steps` steps, gradually. */
  | { readonly kind: 'exponential'; readonly rate: number; readonly steps: number }
  /** Times `factor` at once, every `steps` steps. */
  | { readonly kind: 'step'; readonly factor: number; readonly steps: number }
  /** Half a cosine down to `alpha` times the rate, over `steps` steps or else the rest of the run. */
  | { readonly kind: 'cosine'; readonly alpha: number; readonly steps?: number };

/** Keras's three ways of clipping, of which it takes one at a time. */
export type ClippingSettings =
  | { readonly kind: 'none' }
  /** Each variable's gradient has at most this norm. */
  | { readonly kind: 'clipnorm'; readonly value: number }
  /** All gradients together have at most this norm. */
  | { readonly kind: 'global_clipnorm'; readonly value: number }
  /** Each number of a gradient lies within ± this. */
  | { readonly kind: 'clipvalue'; readonly value: number };

/** Kinds of layers whose matrices L2 can hold down. Biases are left alone. */
export const L2_KINDS = ['embedding', 'recurrent', 'dense'] as const;
export type L2Kind = (typeof L2_KINDS)[number];

/** Words that are read as unknown in training. */
export interface WordDropoutSettings {
  readonly rate: number;
  readonly unknownId: number;
  /** Smaller ids stand for no word and stay. */
  readonly firstWordId: number;
}

/** Figures of an epoch that a callback can watch. */
export const MONITORS = ['loss', 'accuracy', 'valLoss', 'valAccuracy', 'valAuc'] as const;
export type Monitor = (typeof MONITORS)[number];

/** Keras's EarlyStopping. */
export interface EarlyStoppingSettings {
  readonly monitor: Monitor;
  /** Epochs without improvement after which training ends. */
  readonly patience: number;
  /** What counts as an improvement. */
  readonly minDelta: number;
  /** Whether the model ends with the weights of its best epoch, however training ends. */
  readonly restoreBestWeights: boolean;
}

/** Keras's ReduceLROnPlateau. */
export interface PlateauSettings {
  readonly monitor: Monitor;
  readonly factor: number;
  readonly patience: number;
  readonly minDelta: number;
  /** Epochs to wait after a reduction before counting again. */
  readonly cooldown: number;
  readonly minLearningRate: number;
}

/** Everything that decides a run besides the model and the batches. */
export interface TrainingSettings {
  readonly epochs: number;
  /** Of dropout, also of words. */
  readonly seed: number;
  readonly optimizer: OptimizerSettings;
  /** Steps in which the learning rate rises from 0, evenly. */
  readonly warmupSteps: number;
  readonly decay: DecaySettings;
  readonly clipping: ClippingSettings;
  /** λ of the penalty λ · Σ w² for each kind of layer. */
  readonly l2: Readonly<Record<L2Kind, number>>;
  /** 0.1 makes the labels 0.05 and 0.95. */
  readonly labelSmoothing: number;
  readonly wordDropout?: WordDropoutSettings;
  readonly earlyStopping?: EarlyStoppingSettings;
  readonly reduceOnPlateau?: PlateauSettings;
  /**
   * How much of the mean of the weights stays at each step (Keras's `ema_momentum`). The mean is what
   * is validated, and what the model ends with.
   */
  readonly weightAveraging?: number;
}

/** Keras's defaults. */
export const ADAM: AdamSettings = {
  name: 'adam',
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
};
export const RMSPROP: RmsPropSettings = {
  name: 'rmsprop',
  learningRate: 0.001,
  rho: 0.9,
  epsilon: 1e-7,
};
export const SGD: SgdSettings = { name: 'sgd', learningRate: 0.01, momentum: 0, nesterov: false };

export const EARLY_STOPPING: EarlyStoppingSettings = {
  monitor: 'valLoss',
  patience: 0,
  minDelta: 0,
  restoreBestWeights: false,
};
export const REDUCE_ON_PLATEAU: PlateauSettings = {
  monitor: 'valLoss',
  factor: 0.1,
  patience: 10,
  minDelta: 1e-4,
  cooldown: 0,
  minLearningRate: 0,
};

/** One epoch with Keras's Adam, and nothing besides. */
export const DEFAULT_TRAINING: TrainingSettings = {
  epochs: 1,
  seed: 0,
  optimizer: ADAM,
  warmupSteps: 0,
  decay: { kind: 'constant' },
  clipping: { kind: 'none' },
  l2: { embedding: 0, recurrent: 0, dense: 0 },
  labelSmoothing: 0,
};
