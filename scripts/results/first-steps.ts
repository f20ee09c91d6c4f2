import { table, whole } from './format.ts';
import type { FirstStepResult } from './types.ts';

/** How soon the page trains. */
export function firstSteps(result: FirstStepResult | undefined): string {
  const title = '## The first step in the page';
  if (!result) return `${title}\n\nNot yet measured: \`npm run bench:start\`.`;
  const { machine, limitMs, runs } = result;
  const rows = Object.entries(runs).map(([name, { firstVisitMs, medianMs, minMs, maxMs }]) => [
    name === 'lab' ? 'the lab’s own' : `\`${name}\``,
    ...[firstVisitMs, medianMs, minMs, maxMs].map((ms) => `${whole(Math.round(ms))} ms`),
  ]);
  const visits = Math.max(...Object.values(runs).map((run) => run.visits));
  const late = Object.values(runs).filter(({ medianMs }) => medianMs > limitMs);
  return `${title}

From the click on Train in the lab to the first step’s loss on the page, on the starter shard, in Chromium ${machine.chromium} (${machine.cpu}, ${machine.cores} cores, ${machine.date}): \`npm run bench:start\`. A first visit fetches data, TensorFlow.js and kernels, and tests the engines; the ${visits} later ones find them kept. A later visit should take at most ${whole(limitMs)} ms${late.length === 0 ? ', and does' : `; ${late.length} of ${rows.length} networks take longer`}.

${table(['network', 'first visit', 'later, median', 'fastest', 'slowest'], rows)}`;
}
