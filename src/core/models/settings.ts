/** The recurrent layers a reader can choose, by their Keras class names. */
export const CELLS = ['SimpleRNN', 'LSTM', 'GRU'] as const;
export type Cell = (typeof CELLS)[number];

export const PADDINGS = ['pre', 'post'] as const;
export type Padding = (typeof PADDINGS)[number];

/** Everything that decides a run: the same settings on the same backend give the same run. */
export interface RunSettings {
  /** Recurrent layer. */
  readonly cell: Cell;
  /** Width of the hidden state. */
  readonly units: number;
  /** Width of a word's vector (`output_dim` of Keras's Embedding). */
  readonly embeddingDim: number;
  /** Words kept: ids below this, the special ids included (Keras's `num_words`). */
  readonly numWords: number;
  /** Timesteps of a padded review (Keras's `maxlen`). */
  readonly maxlen: number;
  /** Side that is padded. A longer review is cut on the same side. */
  readonly padding: Padding;
  /** Adam's learning rate. */
  readonly learningRate: number;
  /** Reviews in a batch. */
  readonly batchSize: number;
  readonly epochs: number;
  /** Seed of the initial weights and of the order of the reviews. */
  readonly seed: number;
}

export const DEFAULT_SETTINGS: RunSettings = {
  cell: 'LSTM',
  units: 16,
  embeddingDim: 16,
  numWords: 5_000,
  maxlen: 120,
  padding: 'pre',
  learningRate: 0.01,
  batchSize: 32,
  epochs: 2,
  seed: 1,
};

interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  /** What the field is called in messages and on the page. */
  readonly name: string;
}

type NumericSetting = {
  [K in keyof RunSettings]: RunSettings[K] extends number ? K : never;
}[keyof RunSettings] &
  string;

/** Limits of the numeric settings, both ends included. */
export const RANGES: Readonly<Record<NumericSetting, Range>> = {
  units: { min: 1, max: 128, integer: true, name: 'Units' },
  embeddingDim: { min: 1, max: 128, integer: true, name: 'Embedding size' },
  numWords: { min: 10, max: 100_000, integer: true, name: 'Words kept' },
  maxlen: { min: 2, max: 500, integer: true, name: 'Length' },
  learningRate: { min: 1e-6, max: 1, integer: false, name: 'Learning rate' },
  batchSize: { min: 1, max: 512, integer: true, name: 'Batch size' },
  epochs: { min: 1, max: 50, integer: true, name: 'Epochs' },
  seed: { min: 0, max: 2 ** 31 - 1, integer: true, name: 'Seed' },
};

/** A setting that can't be used; the message names it, its value and the limit. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly setting: string;

  constructor(setting: string, message: string) {
    super(message);
    this.setting = setting;
  }
}

/**
 * Checks settings that come from outside (a form, a link, a message).
 *
 * @throws SettingsError naming the first setting that can't be used
 */
export function checkSettings(input: unknown): RunSettings {
  const values = { ...DEFAULT_SETTINGS, ...(input as Partial<RunSettings>) };
  for (const [key, range] of Object.entries(RANGES)) {
    checkNumber(key, values[key as NumericSetting], range);
  }
  checkChoice('cell', 'Recurrent layer', values.cell, CELLS);
  checkChoice('padding', 'Padding', values.padding, PADDINGS);
  return Object.fromEntries(
    Object.keys(DEFAULT_SETTINGS).map((key) => [key, values[key as keyof RunSettings]]),
  ) as unknown as RunSettings;
}

function checkNumber(key: string, value: unknown, range: Range): void {
  const { min, max, integer, name } = range;
  const usable =
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    (!integer || Number.isInteger(value));
  if (usable) return;
  const kind = integer ? 'a whole number' : 'a number';
  throw new SettingsError(
    key,
    `${name} must be ${kind} from ${min} to ${max}, not ${show(value)}.`,
  );
}

function checkChoice(key: string, name: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return;
  throw new SettingsError(key, `${name} must be ${choices.join(', ')}, not ${show(value)}.`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
