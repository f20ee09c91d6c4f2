import * as tf from '@tensorflow/tfjs';
import { observeRecurrent } from '../layers/observe.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import { wordTokenizer } from '../text/tokenize.ts';
import { rowsOf } from './rows.ts';
import { textReader } from './text-reader.ts';

/** A word as it stands in the text, with the punctuation behind it. */
export interface ReadWord {
  readonly text: string;
  /** Whether the model knows it. */
  readonly known: boolean;
}

/** What a recurrent network holds after each word of a text: T words, U units. */
export interface StateReading {
  readonly words: readonly ReadWord[];
  readonly units: number;
  /** [T, U], row-major: the hidden state of the last recurrent layer. */
  readonly states: Float32Array;
  /** [T]: of a positive review, had the text ended there. */
  readonly probabilities: Float32Array;
  /** [U]: weight of each unit in the verdict's logit. */
  readonly votes: Float32Array;
}

/** The model has no recurrent layer whose last state is its verdict, or the text has no word. */
export class NoReadingError extends Error {
  override readonly name = 'NoReadingError';
}

/**
 * Lets a model of words read the first words of a text and looks at its state after each one.
 *
 * @param most words that are read; no more than fit into the model's length
 * @throws NoReadingError
 */
export async function readStates(
  trained: TrainedModel,
  text: string,
  most: number,
): Promise<StateReading> {
  const { model, preprocessing } = trained;
  const { tokenizer, maxlen, padding, startId } = preprocessing;
  if (tokenizer.kind !== 'word') throw new NoReadingError('This model does not read words.');
  const tokens = wordTokenizer(tokenizer)
    .tokenize(text)
    .slice(0, Math.min(most, maxlen - (startId === null ? 0 : 1)));
  if (tokens.length === 0) throw new NoReadingError('There is no word to read.');
  const reading = textReader(trained)(text.slice(0, tokens.at(-1)!.end));
  const unknown = new Set(reading.oovWords);
  const words = tokens.map(({ text: word, start }, i) => ({
    text: text.slice(i === 0 ? 0 : start, tokens[i + 1]?.start).trim(),
    known: !unknown.has(word),
  }));

  const [states, logits, weights] = tf.tidy(() => {
    const rows = rowsOf([reading.ids], preprocessing);
    const first =
      padding === 'pre' ? rows.shape[1] - words.length : reading.ids.length - words.length;
    const all = lastStates(model, rows);
    const h = all.slice([0, first, 0], [1, words.length, -1]).squeeze([0]);
    all.dispose();
    const verdict = model.layers.at(-1)!;
    return [h, verdict.apply(h) as tf.Tensor, verdict.getWeights()[0]!.clone()] as const;
  });
  try {
    const probabilities = Float32Array.from(
      await logits.data(),
      (logit) => 1 / (1 + Math.exp(-logit)),
    );
    const [values, votes] = [await states.data(), await weights.data()];
    return {
      words,
      units: votes.length,
      states: Float32Array.from(values),
      probabilities,
      votes: Float32Array.from(votes),
    };
  } finally {
    tf.dispose([states, logits, weights]);
  }
}

/** States of the recurrent layer that the verdict is read from, [1, T, U]; the caller disposes them. */
function lastStates(model: tf.LayersModel, rows: tf.Tensor2D): tf.Tensor {
  let states: tf.Tensor | undefined;
  observeRecurrent({ onStates: (_, { h }) => (states = tf.keep(h.clone())) }, () =>
    model.apply(rows, { training: false }),
  );
  const width = model.layers.at(-1)!.getWeights()[0]?.shape[0];
  if (states && states.shape[2] === width) return states;
  states?.dispose();
  throw new NoReadingError('This model’s verdict is not the last state of a recurrent layer.');
}
