import type { RecurrentAttrs } from '../../../src/core/kernels/spec/recurrent.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { Case } from '../../browser/kernels/protocol.ts';
import { ALL_ATTRS } from './recurrent-cases.ts';
import type { Shape } from './recurrent-cases.ts';

/** Whether this is `npm run test:long`. */
export const IS_LONG = process.env.LONG !== undefined;

/** What a layer of the site may reach, and more. */
const LARGEST = { batch: 70, steps: 600, units: 300 };

/**
 * Cases of any size and kind: small sizes as likely as large ones, odd ones among them.
 *
 * @param work the most that batch × timesteps × units² may be
 */
export function randomCases(count: number, work: number): Case[] {
  return Array.from({ length: count }, (_, i) => randomCase(i + 1, work));
}

function randomCase(seed: number, work: number): Case {
  const random = createRandom(seed);
  const size = (largest: number): number => Math.floor((largest + 1) ** random.next());
  const attrs = ALL_ATTRS[random.int(ALL_ATTRS.length)]!;
  for (;;) {
    const batch = size(LARGEST.batch);
    const steps = size(LARGEST.steps);
    const units = size(LARGEST.units);
    if (batch * steps * units ** 2 > work) continue;
    const masks: Partial<Shape>[] = [
      {},
      { masked: random.int(100) / 100 },
      { padding: 'pre' },
      { padding: 'post' },
    ];
    const rows = random.int(2) === 0 ? {} : { projectionRows: size(2 * batch * steps) };
    const shape = { batch, steps, units, ...rows, ...masks[random.int(masks.length)] };
    return { attrs, shape, seed };
  }
}

const LSTM: RecurrentAttrs = {
  cell: 'LSTM',
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  resetAfter: false,
  goBackwards: false,
};
const CELLS: readonly RecurrentAttrs[] = [
  LSTM,
  { ...LSTM, recurrentActivation: 'hardSigmoid', goBackwards: true },
  { ...LSTM, cell: 'GRU' },
  { ...LSTM, cell: 'GRU', resetAfter: true, goBackwards: true },
  { ...LSTM, cell: 'SimpleRNN' },
  { ...LSTM, cell: 'SimpleRNN', activation: 'relu' },
];

const SMALL: Shape = { batch: 5, steps: 7, units: 6 };
const EDGES: Readonly<Record<string, Shape>> = {
  'inputs of 10,000, which saturate every gate': { ...SMALL, projectionScale: 1e4 },
  'inputs of 0.0001': { ...SMALL, projectionScale: 1e-4 },
  'rows that are masked from end to end': { ...SMALL, masked: 1 },
  'rows without a word, padded after': { ...SMALL, padding: 'post' },
  'rows without a word, padded before': { ...SMALL, padding: 'pre', projectionRows: 4 },
  'one timestep': { ...SMALL, steps: 1 },
  'a batch of one': { ...SMALL, batch: 1, masked: 0.3 },
  'one of everything': { batch: 1, steps: 1, units: 1 },
  '2,000 timesteps': { batch: 2, steps: 2000, units: 3, masked: 0.1 },
};

/** Where arithmetic is at its limits, for every cell. */
export const EDGE_CASES: readonly (readonly [name: string, cases: readonly Case[]])[] =
  Object.entries(EDGES).map(([name, shape]) => [name, CELLS.map((attrs) => ({ attrs, shape }))]);
