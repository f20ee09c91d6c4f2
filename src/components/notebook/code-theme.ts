const color = (name: string) => `var(--code-${name})`;

/** Shiki’s colours for code, from the design tokens: one theme that follows light and dark. */
export const codeTheme = {
  name: 'unrolled',
  type: 'light' as const,
  fg: 'var(--ink)',
  bg: 'transparent',
  settings: [
    { settings: { foreground: 'var(--ink)', background: 'transparent' } },
    { scope: ['comment'], settings: { foreground: color('comment'), fontStyle: 'italic' } },
    {
      scope: ['keyword', 'storage', 'variable.language', 'keyword.operator.new'],
      settings: { foreground: color('keyword') },
    },
    {
      scope: ['keyword.operator', 'storage.type.function.arrow'],
      settings: { foreground: 'var(--ink)' },
    },
    { scope: ['string', 'string.regexp'], settings: { foreground: color('string') } },
    {
      scope: ['constant.numeric', 'constant.language'],
      settings: { foreground: color('number') },
    },
    {
      scope: ['entity.name.function', 'support.function'],
      settings: { foreground: color('function') },
    },
    {
      scope: ['entity.name.type', 'support.type', 'support.class'],
      settings: { foreground: color('type') },
    },
  ],
};
