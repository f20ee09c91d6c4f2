import type { Product, Step } from './step-math.ts';

/** −0.307 → "−0.31" */
export const signed = (value: number, digits = 2): string => {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
};

/** Drawn height of a strip, up and down from its middle. */
export const HALF = 40;

/** The bars of a strip: up and blue above zero, down and orange below. @param most the tallest */
export function barsMarkup(list: readonly Product[], most: number): string {
  return list
    .map(({ value }, i) => {
      const height = Math.min(1, Math.abs(value) / (most || 1)) * HALF;
      const y = value > 0 ? HALF - height : HALF;
      const side = value > 0 ? 'positive' : 'negative';
      return `<rect class="${side}" data-bar="${i}" x="${i + 0.12}" y="${y.toFixed(2)}" width="0.76" height="${height.toFixed(2)}"/>`;
    })
    .join('');
}

/** The largest product of a step, so that both strips have one scale. */
export const mostOf = ({ fromWord, fromMemory }: Step): number =>
  Math.max(...[...fromWord, ...fromMemory].map(({ value }) => Math.abs(value)));

/** A step as one line of arithmetic. */
export const formulaOf = ({ wordSum, memorySum, bias, sum, state }: Step): string =>
  `tanh( ${signed(wordSum)} + ${signed(memorySum)} + ${signed(bias)} ) = tanh( ${signed(sum)} ) = ${signed(state)}`.replaceAll(
    '+ −',
    '− ',
  );

/** A product as a sentence. @param from what the input is, such as “word vector” */
export const describeProduct = ({ input, weight, value }: Product, i: number, from: string) =>
  `${from}, number ${i + 1}: ${signed(input, 3)} × ${signed(weight, 3)} = ${signed(value, 3)}`;

/** What the pictures show. */
export const describeStep = (step: Step, word: string, unit: number): string =>
  `Unit ${unit} at “${word}”: ${signed(step.wordSum)} from the word, ${signed(step.memorySum)} from the memory, ${signed(step.bias)} bias; the new value is ${signed(step.state)}.`;

/** Rows of the table of all products. */
export function rowsOf({ fromWord, fromMemory }: Step): string[][] {
  return Array.from({ length: Math.max(fromWord.length, fromMemory.length) }, (_, i) => [
    String(i + 1),
    ...cells(fromWord[i]),
    ...cells(fromMemory[i]),
  ]);
}

const cells = (product: Product | undefined): string[] =>
  product
    ? [product.input, product.weight, product.value].map((value) => signed(value, 3))
    : ['', '', ''];
