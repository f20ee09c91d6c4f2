/** What decides a model and its training, as plain values: a preset, a form, a permalink, a file. */
export interface ModelSettings {
  readonly text: TextSettings;
  readonly network: NetworkSettings;
  readonly training: FitSettings;
}

export const SIDES = ['pre', 'post'] as const;
export type Side = (typeof SIDES)[number];

/** How a review becomes ids. */
export interface TextSettings {
  /** Words kept: ids below this, the special ids included (Keras's `num_words`). */
  readonly numWords: number;
  /** Pairs of neighbouring words, the commonest of the training reviews, that get ids of their own. */
  readonly bigrams: number;
  /** Each id once a review: what it says, not how often or in which order. */
  readonly distinct: boolean;
  /** Timesteps of a padded review at most (Keras's `maxlen`). */
  readonly maxlen: number;
  /** Side that is padded. */
  readonly padding: Side;
  /** Side that a longer review is cut on. */
  readonly truncating: Side;
}

/** The recurrent layers, by their Keras class names. */
export const CELLS = ['SimpleRNN', 'LSTM', 'GRU'] as const;
export type Cell = (typeof CELLS)[number];

export const ACTIVATIONS = ['tanh', 'relu', 'linear'] as const;
export const DIRECTIONS = ['forward', 'both'] as const;
/** `sum` is a recurrent layer too: one linear unit that adds up what it reads. */
export const POOLINGS = ['last', 'max', 'average', 'sum'] as const;
export const EMBEDDINGS = ['uniform', 'naiveBayes', 'wordVectors'] as const;

/** One recurrent layer of a stack. */
export interface RecurrentSettings {
  readonly cell: Cell;
  /** Width of the hidden state, of each direction. */
  readonly units: number;
  readonly activation: (typeof ACTIVATIONS)[number];
  /** `both`: Keras's Bidirectional, whose halves stand beside each other (`concat`). */
  readonly direction: (typeof DIRECTIONS)[number];
  /** Share of the layer's input that is dropped in training, one mask for all timesteps. */
  readonly dropout: number;
  /** The same of the state that goes from step to step. */
  readonly recurrentDropout: number;
}

/** The layers between the ids and the logit. */
export interface NetworkSettings {
  /** Width of a word's vector (`output_dim` of Keras's Embedding). */
  readonly embeddingDim: number;
  /**
   * First weights of the embedding. `naiveBayes`: each id's log-count ratio, scaled. `wordVectors`:
   * learnt before the run, from the words that stand near each other in the training reviews.
   */
  readonly embedding: (typeof EMBEDDINGS)[number];
  /** Whether the embedding learns with the rest. */
  readonly trainEmbedding: boolean;
  /** Padding is skipped (`mask_zero`). */
  readonly maskZero: boolean;
  /** The recurrent layers, the first reads the words. None: a bag of words. */
  readonly layers: readonly RecurrentSettings[];
  /** What of the last layer's sequence the verdict sees. */
  readonly pooling: (typeof POOLINGS)[number];
  /** Share of what the verdict sees that is dropped in training. */
  readonly dropout: number;
}

export const OPTIMIZERS = ['adam', 'rmsprop', 'sgd'] as const;
/** Keras's three: per variable, each number alone, all variables together. */
export const CLIPPINGS = ['none', 'clipnorm', 'clipvalue', 'global_clipnorm'] as const;

/** How the weights are found. */
export interface FitSettings {
  readonly optimizer: (typeof OPTIMIZERS)[number];
  readonly learningRate: number;
  /** The learning rate is multiplied by this after each epoch. */
  readonly decay: number;
  /** Of SGD. */
  readonly momentum: number;
  readonly clipping: (typeof CLIPPINGS)[number];
  /** The norm or value that gradients are clipped to. */
  readonly clip: number;
  /** Factor of the squared weights in the loss: of the embedding, and of all other matrices. */
  readonly l2Embedding: number;
  readonly l2: number;
  /** Share of words that are read as unknown in training. */
  readonly wordDropout: number;
  /** Moving average of the weights that is judged and kept: its factor a step. 0: none. */
  readonly averaging: number;
  /** Reviews in a batch. */
  readonly batchSize: number;
  /** Reviews of like length share a batch, which is only as long as its longest. */
  readonly bucketed: boolean;
  readonly epochs: number;
  /** Epochs without a better validation accuracy before training ends early. 0: never. */
  readonly patience: number;
  /** Seed of the first weights, the order of the reviews and every mask. */
  readonly seed: number;
}
