import { expect, test } from 'vitest';
import { maths } from '../../../scripts/build/maths.ts';

const attributesOf = (node: {
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}): Record<string, string> =>
  Object.fromEntries(node.attributes.map(({ name, value }) => [name, value]));

test('formulas are set as HTML and MathML, and keep their TeX as it was written', () => {
  const inline = attributesOf(maths.inlineMath({ value: 'a_1 \\, b_2 * c * d' }));
  expect(inline['set:html']).toContain('>a_1 \\, b_2 * c * d</annotation>');
  expect(inline['set:html']).toContain('<math');
  const display = attributesOf(maths.math({ value: 'h_t = \\tanh(U h_{t-1})' }));
  expect(display['set:html']).toContain('katex-display');
  expect(display['tabindex'], 'a long formula can be scrolled with keys').toBe('0');
});

test('a formula that can’t be set fails the build and is shown', () => {
  expect(() => maths.inlineMath({ value: '\\tahn x' })).toThrow(/\\tahn/);
});
