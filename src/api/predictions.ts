import type { Prediction } from '../core/inspect/predictor.ts';
import { BatchQueue, QueueFullError } from './batch-queue.ts';
import type { Engine, Inference } from './inference.ts';
import { checkPredictRequest, wordless } from './predict-request.ts';
import { ProblemError } from './problem.ts';

/** Reviews that the model reads at a time. */
const BATCH = 32;
/** Milliseconds that a review waits for company. */
const WINDOW = 2;
/** Reviews that may wait: a second or two of work. */
const CAPACITY = 1024;
/** The model that is asked when a request names none, if it is there. */
const PREFERRED = 'best';

/** Answers `POST /predict`: checks, queues, and words the answer. */
export class Predictions {
  readonly engine: Engine;
  readonly #queue: BatchQueue<Prediction>;

  constructor(inference: Pick<Inference, 'predict'>, engine: Engine, capacity = CAPACITY) {
    this.engine = engine;
    this.#queue = new BatchQueue({
      run: (model, texts) => inference.predict(model, texts),
      batch: BATCH,
      window: WINDOW,
      capacity,
    });
  }

  /** The model that is asked when a request names none; null when there is no model at all. */
  get defaultModel(): string | null {
    const { models } = this.engine;
    return models.includes(PREFERRED) ? PREFERRED : (models[0] ?? null);
  }

  /**
   * @param body parsed JSON, whatever it is
   * @throws ProblemError 404, 422 or 503
   */
  async answer(body: unknown): Promise<object> {
    const request = checkPredictRequest(body);
    const model = this.#choose(request.model);
    const predictions = await this.#ask(model, request.texts);
    const empty = predictions.findIndex(({ tokens, cut }) => tokens + cut === 0);
    if (empty >= 0) throw wordless(request, empty);
    const [first, ...others] = predictions.map(worded);
    return request.single ? { model, ...first } : { model, predictions: [first, ...others] };
  }

  #choose(wanted: string | undefined): string {
    const { models } = this.engine;
    if (this.defaultModel === null) {
      const detail =
        'This server has no model. Train one with `npm run train`, build, and start again.';
      throw new ProblemError(503, detail);
    }
    if (wanted === undefined) return this.defaultModel;
    if (models.includes(wanted)) return wanted;
    const name = JSON.stringify(wanted.slice(0, 64));
    throw new ProblemError(404, `There is no model ${name}; there is ${models.join(', ')}.`);
  }

  async #ask(model: string, texts: readonly string[]): Promise<Prediction[]> {
    try {
      return await this.#queue.add(model, texts);
    } catch (error) {
      if (!(error instanceof QueueFullError)) throw error;
      const detail = 'Too many reviews are waiting. Try again in a second.';
      throw new ProblemError(503, detail, { 'Retry-After': '1' });
    }
  }
}

function worded({ label, probability, tokens, known, cut, oovWords }: Prediction): object {
  return {
    label,
    probability,
    tokens_used: tokens,
    tokens_known: known,
    tokens_cut: cut,
    truncated: cut > 0,
    oov_words: oovWords,
  };
}
