/**
 * Times training steps and epochs of Embedding(10,000 → 128) → LSTM(64) → Dense(1) on batches of 32
 * real reviews, in headless Chromium: ours on each backend beside TensorFlow.js's and PyTorch's.
 * Writes bench/results/latest.json and docs/benchmarks.md. Takes a quarter of an hour; the machine
 * should be otherwise idle.
 *
 *   npm run bench                       everything
 *   npm run bench -- --only cpu,epoch   some parts; the others stay if they are of the same day and machine
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { BROWSER_FLAGS } from '../scripts/browser/find.ts';
import { machine } from '../scripts/measure/machine.ts';
import { REVIEW_STEP } from '../src/core/benchmark/shape.ts';
import { startBrowser } from './browser/browser.ts';
import type { Files } from './browser/server.ts';
import type { Context } from './context.ts';
import { gpuVsCudnn } from './gpu-result.ts';
import { timeCpu } from './parts/cpu.ts';
import { CLIPNORM, timeEpochs } from './parts/epoch.ts';
import { timeProductsThere } from './parts/products.ts';
import { timeStock } from './parts/stock.ts';
import { timeWide } from './parts/wide.ts';
import { compilePeak } from './peak.ts';
import { ratiosOf } from './ratios.ts';
import { reportPage } from './report.ts';
import type { BenchResult, Parts } from './result.ts';
import { Reviews } from './reviews.ts';
import { startTorch } from './torch.ts';

const RESULT = 'bench/results/latest.json';
const PAGE = 'docs/benchmarks.md';
const WASM = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';

type Timers = {
  readonly [Name in keyof Required<Parts>]: (context: Context) => Promise<Parts[Name]>;
};
/** The last one leaves the browser's graphics busy. */
const TIMERS: Timers = {
  cpu: timeCpu,
  products: timeProductsThere,
  epoch: timeEpochs,
  wide: timeWide,
  stock: timeStock,
};
const NAMES = Object.keys(TIMERS) as (keyof Parts)[];

const wanted = wantedParts();
const reviews = await Reviews.open();
const saved = await reviews.save();
const torch = await startTorch({ device: 'cpu', ...REVIEW_STEP, ...saved, clipnorm: CLIPNORM });
const browser = await startBrowser(await servedFiles(), BROWSER_FLAGS);
const here = { ...machine(), chromium: browser.version };
const parts = wanted.length === NAMES.length ? {} : earlierParts();
const context = { browser, reviews, torch, cores: cpus().length };
const asked = await browser.startWorker();
const offered = await asked.ask('machine', {});
await asked.close();
for (const name of wanted) {
  console.log(name);
  Object.assign(parts, { [name]: await TIMERS[name](context) });
}
const result: BenchResult = {
  machine: here,
  pytorch: torch?.version ?? null,
  browser: offered,
  shape: REVIEW_STEP,
  distinctWords: new Set(reviews.first().ids).size,
  reviews: reviews.labels.length,
  parts,
  ...ratiosOf(parts, gpuVsCudnn()),
};
torch?.close();
await browser.close();
rmSync(saved.folder, { recursive: true });

mkdirSync('bench/results', { recursive: true });
writeFileSync(RESULT, `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(PAGE, reportPage(result));
console.log(readFileSync(PAGE, 'utf8'));

/** @throws Error naming a part that there is not */
function wantedParts(): readonly (keyof Parts)[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return NAMES;
  const chosen = values.only.split(',') as (keyof Parts)[];
  const unknown = chosen.find((name) => !NAMES.includes(name));
  if (unknown === undefined) return chosen;
  throw new Error(`--only: there is no part ${unknown}, only ${NAMES.join(', ')}.`);
}

/** Figures of different days or machines are not to be mixed. */
function earlierParts(): Parts {
  const earlier = JSON.parse(readFileSync(RESULT, 'utf8')) as BenchResult;
  if (JSON.stringify(earlier.machine) === JSON.stringify(here)) return earlier.parts;
  console.log(`${RESULT} is of another day or machine: its parts are dropped.`);
  return {};
}

async function servedFiles(): Promise<Files> {
  const kinds = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);
  return {
    '/ids': new Uint8Array(reviews.ids.buffer),
    '/labels': reviews.labels,
    '/peak.wasm': await compilePeak(),
    ...Object.fromEntries(kinds.map((file) => [`/wasm/${file}`, readFileSync(WASM + file)])),
  };
}
