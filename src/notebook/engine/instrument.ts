import { ancestor } from 'acorn-walk';
import type { Node } from 'acorn';

/** What an instrumented cell calls at every turn of a loop. */
export const GUARD = '$guard';

const CHECK = `${GUARD}.check();`;
const CHECK_AND_PAUSE = `if (${GUARD}.due()) await ${GUARD}.pause();`;

interface Loop extends Node {
  readonly body: Node;
}

interface FunctionLike extends Node {
  readonly async?: boolean;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Inside these, unless a function stands between, `await` is a syntax error. */
const NO_AWAIT = new Set(['StaticBlock', 'PropertyDefinition']);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/**
 * Puts a check at the start of every loop's body, so that a loop can be stopped. Where `await` is
 * allowed (in the cell itself and in async functions) the loop also makes a pause when the page has
 * waited too long; in other functions it can only give up. Lines stay where they are.
 *
 * @param source JavaScript, without types
 * @param body what acorn made of it
 */
export function instrumentLoops(source: string, body: Node): string {
  const insertions: Insertion[] = [];
  const visit = (node: Node, _state: unknown, ancestors: Node[]): void => {
    const { body: loopBody } = node as Loop;
    const check = mayAwait(ancestors.slice(0, -1)) ? CHECK_AND_PAUSE : CHECK;
    if (loopBody.type === 'BlockStatement') {
      insertions.push({ at: loopBody.start + 1, text: check });
    } else {
      insertions.push({ at: loopBody.start, text: `{${check}` }, { at: loopBody.end, text: '}' });
    }
  };
  ancestor(body, {
    ForStatement: visit,
    ForInStatement: visit,
    ForOfStatement: visit,
    WhileStatement: visit,
    DoWhileStatement: visit,
  });
  return insertAll(source, insertions);
}

function mayAwait(ancestors: readonly Node[]): boolean {
  const nearest = ancestors.findLast(({ type }) => FUNCTIONS.has(type) || NO_AWAIT.has(type));
  if (!nearest) return true;
  return FUNCTIONS.has(nearest.type) && (nearest as FunctionLike).async === true;
}

/** Of two insertions at one place, the one that was found first stands first. */
function insertAll(source: string, insertions: readonly Insertion[]): string {
  let result = source;
  const fromTheEnd = insertions
    .map((insertion, order) => ({ ...insertion, order }))
    .toSorted((a, b) => b.at - a.at || b.order - a.order);
  for (const { at, text } of fromTheEnd) result = result.slice(0, at) + text + result.slice(at);
  return result;
}
