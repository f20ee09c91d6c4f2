/**
 * Puts the server under load and writes down how it bears it: `results/predict.json`. The machine
 * should be otherwise idle; the clients share it with the server.
 *
 *   npm run load -- [--seconds 300] [--connections 32] [--model NAME] [--models FOLDER] [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { putUnderLoad } from './load/clients.ts';
import { realReviews } from './load/reviews.ts';
import { startServer } from './load/server-process.ts';
import { summarize } from './load/summary.ts';
import { machine } from './measure/machine.ts';

const WORDS = 200;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    connections: { type: 'string', default: '32' },
    model: { type: 'string' },
    models: { type: 'string' },
    out: { type: 'string', default: 'results/predict.json' },
  },
});
const connections = Number(values.connections);
const seconds = Number(values.seconds);

const reviews = await realReviews(WORDS);
const server = await startServer(values.models);
try {
  const load = { url: server.url, reviews, connections, model: values.model };
  // The first seconds are the compiler's.
  await putUnderLoad({ ...load, seconds: 5 });
  const outcome = await putUnderLoad({ ...load, seconds, memory: server.memory });
  const result = { machine: machine(), words: WORDS, connections, ...summarize(outcome) };
  writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  server.stop();
}
