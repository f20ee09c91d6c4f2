/**
 * Measures what the README states and writes it down: `results/foundation.json`, then the README's
 * tables from that file. Takes about two minutes; the machine should be otherwise idle.
 *
 *   npm run measure
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { measureData } from './measure/data.ts';
import { machine } from './measure/machine.ts';
import { fillReadme } from './measure/readme.ts';
import type { FoundationResult } from './measure/readme.ts';
import { measureText } from './measure/text.ts';
import { measureTraining } from './measure/training.ts';

const result: FoundationResult = {
  machine: machine(),
  data: measureData(),
  text: await measureText(),
  training: await measureTraining([1, 2, 3]),
};
writeFileSync('results/foundation.json', `${JSON.stringify(result, null, 2)}\n`);
writeFileSync('README.md', fillReadme(readFileSync('README.md', 'utf8'), result));
console.log(JSON.stringify(result, null, 2));
