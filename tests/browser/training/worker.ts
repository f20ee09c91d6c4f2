/** Trains in a dedicated worker, as production does, with what only a browser has. */
import * as tf from '@tensorflow/tfjs';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerUnsortedSegmentSum } from '../../../src/core/kernels/cpu/unsorted-segment-sum.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { registerWebgl } from '../../../src/core/kernels/webgl/register-webgl.ts';
import { IndexedDbStore } from '../../../src/core/training/checkpoints/indexeddb-store.ts';
import { BackendFailedError } from '../../../src/core/training/errors.ts';
import type { RunEvent } from '../../../src/core/training/events.ts';
import { Run } from '../../../src/core/training/run.ts';
import {
  finish,
  lossesOf,
  makeModel,
  makeSource,
  settingsWith,
  stopAfter,
} from '../../unit/training/made-up.ts';
import type { Look, TrainingQuestions } from './protocol.ts';

// Without `startBackend`: what it loads on demand is not served here.
registerRecurrentGradient();
registerRecurrentCpu();
registerUnsortedSegmentSum();

const training = makeSource(1, 64);
const make = () => ({ model: makeModel(1, 0.2), settings: settingsWith(), training });

async function resume(): Promise<TrainingQuestions['resume']> {
  await tf.setBackend('cpu');
  const straight = lossesOf(await finish(new Run(make())));
  const saving = { store: new IndexedDbStore(), run: 'a', everySteps: 3 };
  const before = lossesOf(await stopAfter(new Run({ ...make(), saving }), 7));
  const store = new IndexedDbStore();
  const from = await store.load('a');
  const after = lossesOf(await finish(new Run({ ...make(), from: from! })));
  const runs = await store.list();
  const listed = runs.map(({ run, step }) => ({ run, step }));
  const bytes = runs.reduce((sum, saved) => sum + saved.bytes, 0);
  const room = await store.room();
  await store.remove(['a']);
  const { length: leftAfterRemoval } = await store.list();
  return { straight, resumed: [...before, ...after], listed, bytes, room, leftAfterRemoval };
}

async function full(): Promise<TrainingQuestions['full']> {
  await tf.setBackend('cpu');
  const store = new IndexedDbStore(100);
  const events = await finish(new Run({ ...make(), saving: { store, run: 'b' } }));
  const errors = events.flatMap((event) => (event.type === 'unsaved' ? event.error.name : []));
  return { errors, last: events.at(-1)!.type, kept: (await store.list()).length };
}

const LOOK = { every: 4, stateGradients: true, spectralRadii: true };

const looksOf = (events: readonly RunEvent[]): Look[] =>
  events.flatMap((event) => {
    if (event.type !== 'batch' || !event.telemetry) return [];
    const { variables, stateGradients, spectralRadii } = event.telemetry;
    return [
      [
        ...variables.flatMap(({ raw, clipped, weight, update }) => [raw, clipped, weight, update]),
        ...stateGradients!.flatMap(({ norms }) => [...norms]),
        ...spectralRadii!.flatMap(({ radii }) => radii),
      ],
    ];
  });

async function lose(): Promise<TrainingQuestions['lose']> {
  await tf.setBackend('cpu');
  const alone = new Run(make());
  alone.observe(LOOK);
  const events = await finish(alone);
  const registration = registerWebgl();
  if (!registration.registered) throw new Error(registration.detail);
  await tf.setBackend('webgl');
  const { gl } = (tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu;
  const run = new Run({ ...make(), snapshotEvery: 4 });
  run.observe(LOOK);
  const losses: number[] = [];
  const looks: Look[] = [];
  const backends = new Set<string>();
  let error: unknown;
  try {
    for await (const event of run.start()) {
      if (event.type !== 'batch') continue;
      backends.add(event.backend);
      losses.push(event.batch.loss);
      looks.push(...looksOf([event]));
      if (event.step === 6) gl.getExtension('WEBGL_lose_context')!.loseContext();
    }
  } catch (thrown) {
    error = thrown;
  }
  if (!(error instanceof BackendFailedError)) throw error ?? new Error('Nothing was lost.');
  const from = error.checkpoint.position.step;
  const next = await run.continueOn(() => tf.setBackend('cpu'));
  for (const event of await finish(next)) {
    if (event.type !== 'batch') continue;
    backends.add(event.backend);
    losses[event.step - 1] = event.batch.loss;
  }
  return {
    error: error.message,
    from,
    backends: [...backends],
    losses,
    looks,
    expected: { losses: lossesOf(events), looks: looksOf(events) },
  };
}

const ANSWERS = { resume, full, lose };

self.onmessage = async ({ data }: MessageEvent<{ id: number; kind: keyof typeof ANSWERS }>) => {
  try {
    self.postMessage({ id: data.id, value: await ANSWERS[data.kind]() });
  } catch (error) {
    self.postMessage({ id: data.id, error: String((error as Error).stack ?? error) });
  }
};
