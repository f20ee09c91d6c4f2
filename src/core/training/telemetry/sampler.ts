import * as tf from '@tensorflow/tfjs';
import type { RecurrentObserver } from '../../layers/observe.ts';
import { mix } from '../numbers/mix.ts';
import { read } from '../numbers/read.ts';
import type { Clipping } from '../step/clipping.ts';
import type { Trainable } from '../step/model-variables.ts';
import { spectralRadius } from './spectral-radius.ts';
import { activationsOf, StateGradientWatch } from './state-watch.ts';
import type {
  EmbeddingRows,
  SpectralRadii,
  Telemetry,
  TelemetryRequest,
  VariableNorms,
} from './telemetry.ts';

/** How the names of such variables end. */
const EMBEDDINGS = '/embeddings';

/**
 * Looks into one step: make it before the step, call {@link TelemetrySample.beforeUpdate} between
 * draft and update, then {@link TelemetrySample.collect}. Dispose of it in any case.
 */
export class TelemetrySample {
  readonly #request: TelemetryRequest;
  readonly #model: tf.LayersModel;
  readonly #trainables: readonly Trainable[];
  readonly #gradients = new StateGradientWatch();
  #before: tf.Tensor[] = [];

  constructor(request: TelemetryRequest, model: tf.LayersModel, trainables: readonly Trainable[]) {
    this.#request = request;
    this.#model = model;
    this.#trainables = trainables;
  }

  /** For the step's backward pass. */
  get observer(): RecurrentObserver | undefined {
    return this.#request.stateGradients ? this.#gradients.observer : undefined;
  }

  beforeUpdate(): void {
    this.#before = this.#trainables.map(({ variable }) => variable.clone());
  }

  async collect(clipping: Clipping, clippedShare: number): Promise<Telemetry> {
    const { stateGradients, spectralRadii, pinned, embeddings } = this.#request;
    return {
      variables: await this.#norms(clipping),
      angle: clipping.angle,
      clippedShare,
      ...(stateGradients ? { stateGradients: await this.#gradients.collect() } : {}),
      ...(spectralRadii ? { spectralRadii: await this.#radii() } : {}),
      ...(pinned ? { activations: await activationsOf(this.#model, pinned) } : {}),
      ...(embeddings ? { embeddings: await this.#embeddings(embeddings) } : {}),
    };
  }

  /** Also after a step that failed. */
  async dispose(): Promise<void> {
    tf.dispose(this.#before.splice(0));
    await this.#gradients.collect();
  }

  async #norms({ before, after }: Clipping): Promise<VariableNorms[]> {
    const variables = this.#trainables.map(({ variable }) => variable);
    const updates = variables.map((variable, i) => mix(1, variable, -1, this.#before[i]!));
    try {
      const { squares } = await read([], [...variables, ...updates]);
      return this.#trainables.map(({ name }, i) => ({
        name,
        raw: before[i]!,
        clipped: after[i]!,
        weight: Math.sqrt(squares[i]!),
        update: Math.sqrt(squares[variables.length + i]!),
      }));
    } finally {
      tf.dispose([...updates, ...this.#before.splice(0)]);
    }
  }

  #embeddings(most: number): Promise<EmbeddingRows[]> {
    const tables = this.#trainables.filter(({ name }) => name.endsWith(EMBEDDINGS));
    return Promise.all(
      tables.map(async ({ name, variable }) => {
        const [ids, size] = variable.shape as [number, number];
        const shape = [Math.min(most, ids), size] as const;
        const values = await variable.data<'float32'>();
        // A copy: the variable's own numbers go on changing.
        const layer = name.slice(0, -EMBEDDINGS.length);
        return { layer, shape, values: values.slice(0, shape[0] * size) };
      }),
    );
  }

  #radii(): Promise<SpectralRadii[]> {
    const kernels = this.#trainables.filter(({ name }) => name.endsWith('/recurrent_kernel'));
    return Promise.all(
      kernels.map(async ({ name, variable }) => {
        const values = await variable.data<'float32'>();
        const [units, columns] = variable.shape as [number, number];
        const gates = Array.from({ length: columns / units }, (_, gate) => gate);
        const radii = gates.map((gate) => spectralRadius(values, units, columns, gate * units));
        return { name, radii };
      }),
    );
  }
}
