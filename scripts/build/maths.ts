import katex from 'katex';

interface Formula {
  readonly value: string;
}

const attribute = (name: string, value: string) =>
  ({ type: 'mdxJsxAttribute', name, value }) as const;

const typeset = (tex: string, displayMode: boolean) =>
  attribute('set:html', katex.renderToString(tex, { displayMode, throwOnError: true }));

/**
 * Sets the formulas of a lesson, `$…$` and `$$…$$`, when the site is built: HTML to see and MathML to
 * hear. A formula that can’t be set fails the build, and the message shows it. The result is handed on
 * as it is: read as Markdown again, `\,` and `*` of its TeX would not survive.
 */
export const maths = {
  name: 'maths',
  inlineMath: ({ value }: Formula) => ({
    type: 'mdxJsxTextElement' as const,
    name: 'span',
    attributes: [typeset(value, false)],
    children: [],
  }),
  math: ({ value }: Formula) => ({
    type: 'mdxJsxFlowElement' as const,
    name: 'div',
    attributes: [
      attribute('class', 'formula'),
      attribute('role', 'group'),
      attribute('aria-label', 'Formula'),
      // On a phone it may scroll in its own frame.
      attribute('tabindex', '0'),
      typeset(value, true),
    ],
    children: [],
  }),
};
