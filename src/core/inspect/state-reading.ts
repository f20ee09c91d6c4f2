import type { TrainedModel } from '../models/trained-model.ts';
import { wordTokenizer } from '../text/tokenize.ts';
import { rowOf } from './rows.ts';
import { statesOf } from './states.ts';
import { textReader } from './text-reader.ts';

/** A word as it stands in the text, with its punctuation. */
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
  const { tokenizer, maxlen, startId, bigrams, distinct } = preprocessing;
  if (tokenizer.kind !== 'word' || distinct || bigrams > 0) {
    throw new NoReadingError('This model does not read a text word by word.');
  }
  const tokens = wordTokenizer(tokenizer)
    .tokenize(text)
    .slice(0, Math.min(most, maxlen - (startId === null ? 0 : 1)));
  if (tokens.length === 0) throw new NoReadingError('There is no word to read.');
  const reading = textReader(trained)(text.slice(0, tokens.at(-1)!.end));
  const unknown = new Set(reading.oovWords);
  const starts = tokens.map(
    ({ start }, i) => start - openingBefore(text, tokens[i - 1]?.end, start),
  );
  const words = tokens.map(({ text: word }, i) => ({
    text: text.slice(starts[i], starts[i + 1]).trim(),
    known: !unknown.has(word),
  }));

  const row = rowOf(reading.ids, preprocessing);
  const layer = (await statesOf(model, row)).at(-1);
  const [votes, bias] = await Promise.all(
    model.layers
      .at(-1)!
      .getWeights()
      .map((weight) => weight.data<'float32'>()),
  );
  const units = votes?.length ?? 0;
  if (!layer || !votes || layer.backwards || layer.units !== units) {
    throw new NoReadingError('This model’s verdict is not the last state of a recurrent layer.');
  }
  const first = row.first + reading.ids.length - words.length;
  const states = layer.h.slice(first * units, (first + words.length) * units);
  const probabilities = Float32Array.from(words, (_, t) => {
    const state = states.subarray(t * units, (t + 1) * units);
    const logit = state.reduce((sum, value, unit) => sum + value * votes[unit]!, bias?.[0] ?? 0);
    return 1 / (1 + Math.exp(-logit));
  });
  return { words, units, states, probabilities, votes: votes.slice() };
}

/** Length of what stands right before a word and belongs to it: an opening quote or bracket. */
function openingBefore(text: string, end: number | undefined, start: number): number {
  if (end === undefined) return start;
  return /\s(\S*)$/.exec(text.slice(end, start))?.[1]!.length ?? 0;
}
