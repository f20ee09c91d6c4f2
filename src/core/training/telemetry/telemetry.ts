/** Reviews whose way through the network is watched. */
export interface PinnedReviews {
  /** int32 [reviews, T], row-major. */
  readonly ids: Int32Array;
  readonly shape: readonly [reviews: number, T: number];
}

/** What to look at, and how often. */
export interface TelemetryRequest {
  /** Steps from one look to the next; the first step is looked at. */
  readonly every: number;
  /** ‖∂L/∂h_t‖ for every timestep. */
  readonly stateGradients?: boolean;
  readonly spectralRadii?: boolean;
  readonly pinned?: PinnedReviews;
  /** Vectors of the first so many ids, after the step. */
  readonly embeddings?: number;
}

/** Norms of one variable at a step. */
export interface VariableNorms {
  readonly name: string;
  /** Of the gradient. */
  readonly raw: number;
  readonly clipped: number;
  /** Of the values after the step. */
  readonly weight: number;
  /** Of what the step added to them. */
  readonly update: number;
}

/** Of one recurrent layer. */
export interface StateGradientNorms {
  readonly layer: string;
  /** ‖∂L/∂h_t‖ over the batch for every timestep. Shape [T]. */
  readonly norms: Float32Array;
}

export interface SpectralRadii {
  /** Name of the recurrent kernel. */
  readonly name: string;
  /** Of each gate's block [U, U], in Keras's order. */
  readonly radii: readonly number[];
}

/** Of one recurrent layer over the pinned reviews; row-major. */
export interface Activations {
  readonly layer: string;
  /** [reviews, T, U] */
  readonly shape: readonly number[];
  readonly h: Float32Array;
  /** LSTM alone. */
  readonly c?: Float32Array;
  /** [reviews, T, G·U], after activation, in Keras's order. SimpleRNN has none. */
  readonly gates?: Float32Array;
}

/** Rows of an embedding, from the first id on. */
export interface EmbeddingRows {
  readonly layer: string;
  /** [ids, size] */
  readonly shape: readonly [ids: number, size: number];
  /** Row-major. */
  readonly values: Float32Array;
}

/** One look into a step. */
export interface Telemetry {
  readonly variables: readonly VariableNorms[];
  /** Between the raw gradients and the clipped ones, in radians. */
  readonly angle: number;
  /** Of all steps so far, those whose gradient was clipped: 0 to 1. */
  readonly clippedShare: number;
  readonly stateGradients?: readonly StateGradientNorms[];
  readonly spectralRadii?: readonly SpectralRadii[];
  readonly activations?: readonly Activations[];
  readonly embeddings?: readonly EmbeddingRows[];
}
