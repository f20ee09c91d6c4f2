/** A recurrent layer on its way through a text, and some of its units in full. T words, E inputs, U units. */
export interface StepData {
  readonly words: readonly string[];
  /** [T, E], row-major: the words' vectors. */
  readonly vectors: readonly number[];
  /** [T, U]: the state after each word. */
  readonly states: readonly number[];
  /** U */
  readonly units: number;
  /** The units that are shown. */
  readonly shown: readonly ShownUnit[];
}

/** What one unit adds up from. */
export interface ShownUnit {
  /** From 1. */
  readonly unit: number;
  /** [E]: its column of the kernel W. */
  readonly kernel: readonly number[];
  /** [U]: its column of the recurrent kernel U. */
  readonly recurrent: readonly number[];
  readonly bias: number;
}

/** One number of the new state, with all that it is made of. */
export interface Step {
  /** x · W, product by product. Shape [E]. */
  readonly fromWord: readonly Product[];
  /** h₋ · U, product by product. Shape [U]. */
  readonly fromMemory: readonly Product[];
  readonly wordSum: number;
  readonly memorySum: number;
  readonly bias: number;
  /** All of it together. */
  readonly sum: number;
  readonly state: number;
}

export interface Product {
  readonly input: number;
  readonly weight: number;
  readonly value: number;
}

/** What a unit does at a word, from 0. Before the first word the state is all zeros. */
export function stepOf(data: StepData, word: number, { kernel, recurrent, bias }: ShownUnit): Step {
  const { vectors, states, units } = data;
  const size = kernel.length;
  const fromWord = products(vectors.slice(word * size, (word + 1) * size), kernel);
  const before =
    word === 0 ? recurrent.map(() => 0) : states.slice((word - 1) * units, word * units);
  const fromMemory = products(before, recurrent);
  const wordSum = total(fromWord);
  const memorySum = total(fromMemory);
  const sum = wordSum + memorySum + bias;
  return { fromWord, fromMemory, wordSum, memorySum, bias, sum, state: Math.tanh(sum) };
}

const products = (inputs: readonly number[], weights: readonly number[]): Product[] =>
  weights.map((weight, i) => ({ input: inputs[i]!, weight, value: inputs[i]! * weight }));

const total = (list: readonly Product[]): number => list.reduce((sum, { value }) => sum + value, 0);
