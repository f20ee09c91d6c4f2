/**
 * Stands for the package `typescript` in the bundle. The notebook kit imports it to strip types, a
 * megabyte of it; cells have theirs stripped before. Were one of these called, it would fail loudly.
 */
const absent = (): never => {
  throw new Error('TypeScript is not part of the notebook.');
};

export {
  absent as createProgram,
  absent as createSourceFile,
  absent as isClassExpression,
  absent as isExpressionStatement,
  absent as isFunctionExpression,
  absent as isParenthesizedExpression,
  absent as transpile,
};
export const ModuleKind = {};
export const ScriptTarget = {};
