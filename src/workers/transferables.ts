import type { CallName } from '../protocol/compute.ts';

/** Answers whose arrays are made for the page alone. */
const MADE_FOR_THE_PAGE: ReadonlySet<CallName> = new Set<CallName>([
  'inspectReview',
  'runningLogits',
  'occlusion',
]);

/** The memory of an answer that moves to the page instead of being copied. */
export function transferables(name: CallName, result: unknown): ArrayBuffer[] {
  return MADE_FOR_THE_PAGE.has(name) ? [...new Set(buffersIn(result))] : [];
}

function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(buffersIn);
}
