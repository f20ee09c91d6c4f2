/** The name under which a cell's code appears in a stack trace. */
export function cellFile(name: string): string {
  return `cell-${name}.ts`;
}

/** What went wrong in a cell, and where. */
export interface Failure {
  /** The error's name and message. */
  readonly message: string;
  /** Line of the cell, from 1. */
  readonly line?: number;
}

/**
 * What to tell about an error.
 *
 * @param linesBefore lines that stood before the cell's first in the code that ran
 */
export function describeFailure(error: unknown, name: string, linesBefore = 0): Failure {
  if (!(error instanceof Error)) return { message: `A value was thrown: ${String(error)}` };
  const text = error.message || error.name;
  const message = error.name === 'Error' || text === error.name ? text : `${error.name}: ${text}`;
  if (error instanceof SyntaxError) return placeOfSyntaxError(message);
  const line = lineInStack(error.stack ?? '', name);
  if (line === undefined || line - linesBefore < 1) return { message };
  return { message, line: line - linesBefore };
}

/** Parsers end their messages with the place. */
function placeOfSyntaxError(message: string): Failure {
  const place = /\s*\((\d+):\d+\)$/.exec(message);
  if (!place) return { message };
  return { message: message.slice(0, place.index), line: Number(place[1]) };
}

/** Line of the innermost frame that belongs to the cell. */
function lineInStack(stack: string, name: string): number | undefined {
  const from = stack.indexOf(`${cellFile(name)}:`);
  if (from === -1) return undefined;
  const line = Number.parseInt(stack.slice(from + cellFile(name).length + 1), 10);
  return Number.isNaN(line) ? undefined : line;
}
