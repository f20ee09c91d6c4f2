/**
 * Measures what the README states and writes it down: `results/foundation.json`, then the README's
 * tables from that file. Takes about two minutes; the machine should be otherwise idle.
 *
 *   npm run measure
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { measureData } from './measure/data.ts';
import { checkModel, DEFAULT_MODEL } from '../src/core/models/settings/index.ts';
import { machine } from './measure/machine.ts';
import { fillReadme } from './measure/readme.ts';
import type { FoundationResult } from './measure/readme.ts';
import { measureText } from './measure/text.ts';
import { measureTraining } from './measure/training.ts';

/** A network that the page trains on every review in well under a minute. */
const WHOLE_DATA = checkModel({
  text: { numWords: 10_000, maxlen: 200 },
  network: { embeddingDim: 32, layers: [{ cell: 'GRU', units: 32 }] },
  training: { learningRate: 0.005 },
});

const result: FoundationResult = {
  machine: machine(),
  data: measureData(),
  text: await measureText(),
  starter: await measureTraining({
    settings: DEFAULT_MODEL,
    sample: 'starter',
    seeds: [1, 2, 3],
  }),
  all: await measureTraining({
    settings: WHOLE_DATA,
    sample: 'all',
    seeds: [1, 2, 3],
  }),
};
writeFileSync('results/foundation.json', `${JSON.stringify(result, null, 2)}\n`);
writeFileSync('README.md', fillReadme(readFileSync('README.md', 'utf8'), result));
console.log(JSON.stringify(result, null, 2));
