/** A network's way through a text, small enough to stand in the page. T words, U units. */
export interface Reading {
  readonly words: readonly { readonly text: string; readonly known: boolean }[];
  /** [T], to three digits: of a positive review, had it ended there. */
  readonly probabilities: readonly number[];
  readonly units: number;
  /** [T, U] in 127ths, as base64. From one timestep to the next, units stand by their vote. */
  readonly states: string;
  /** The value that 127 stands for. */
  readonly most: number;
}

/** The reading of a review of the data. */
export interface Review extends Reading {
  /** What the reader chooses it by. */
  readonly name: string;
  readonly row: number;
  readonly label: 0 | 1;
}

/** What a network made of a text, as `StateReading` has it. */
interface States {
  readonly words: Reading['words'];
  readonly units: number;
  readonly states: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
  readonly votes: ArrayLike<number>;
}

const LARGEST = 127;

/** Packs a reading, and puts the units that vote most for a positive review first. */
export function packReading({ words, units, states, probabilities, votes }: States): Reading {
  const order = Array.from({ length: units }, (_, unit) => unit).sort(
    (a, b) => votes[b]! - votes[a]!,
  );
  let most = 0;
  for (let i = 0; i < states.length; i++) most = Math.max(most, Math.abs(states[i]!));
  const scale = LARGEST / (most || 1);
  let bytes = '';
  for (let t = 0; t < words.length; t++) {
    for (const unit of order) {
      const value = Math.round(states[t * units + unit]! * scale);
      bytes += String.fromCharCode(value & 0xff);
    }
  }
  return {
    words: words.map(({ text, known }) => ({ text, known })),
    probabilities: Array.from(probabilities, (value) => Number(value.toFixed(3))),
    units,
    states: btoa(bytes),
    most: Number(most.toPrecision(2)),
  };
}

/** The states of a packed reading as shares of its largest, −1 to 1. Shape [T, U]. */
export function unpackStates({ states }: Reading): Float32Array {
  const bytes = Int8Array.from(atob(states), (byte) => byte.charCodeAt(0));
  return Float32Array.from(bytes, (value) => value / LARGEST);
}

/** 0.834 → "83 % positive", 0.2 → "80 % negative" */
export function describeVerdict(probability: number): string {
  const share = Math.max(probability, 1 - probability);
  return `${Math.round(100 * share)}\u202f% ${probability >= 0.5 ? 'positive' : 'negative'}`;
}

/** Where a review comes from, and what its author meant. */
export const sourceOf = ({ row, label }: Review): string =>
  `Review in row ${row.toLocaleString('en-GB')} of the data, ${label === 1 ? 'positive' : 'negative'} by its author’s rating.`;
