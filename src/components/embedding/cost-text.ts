import { megabytes, percent, whole } from '../lab/format.ts';

/** Units of the LSTM that reads the vectors. */
const UNITS = 64;
/** Input, forget, candidate and output. */
const GATES = 4;
/** Of a 32-bit float. */
const BYTES = 4;

/** Numbers that a network of embedding, LSTM 64 and Dense learns, by part. */
export interface Cost {
  readonly embedding: number;
  readonly lstm: number;
  readonly dense: number;
}

/** @param words ids in use @param size numbers in a vector */
export function costOf(words: number, size: number): Cost {
  return {
    embedding: words * size,
    lstm: GATES * UNITS * (size + UNITS + 1),
    dense: UNITS + 1,
  };
}

/** The embedding’s part of all numbers, 0 to 1. */
export function shareOf({ embedding, lstm, dense }: Cost): number {
  return embedding / (embedding + lstm + dense);
}

/** The cost in a sentence. */
export function describeCost(cost: Cost): string {
  return (
    `${whole(cost.embedding)} numbers in the table, ${megabytes(BYTES * cost.embedding)} MB. ` +
    `The LSTM of ${UNITS} units has ${whole(cost.lstm)}, the verdict ${cost.dense}: ` +
    `${percent(shareOf(cost))} of the network is the table.`
  );
}
