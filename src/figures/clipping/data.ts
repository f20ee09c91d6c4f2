/** What the lesson on gradient clipping shows on arrival: real runs, made when the site is built. */
import { presetNamed } from '../../core/models/presets/index.ts';
import type { ModelSettings } from '../../core/models/settings/index.ts';
import { checkModel } from '../../core/models/settings/index.ts';
import { openStarter } from '../open-data.ts';
import { dissect, outcomesOf, shortRun } from './runs.ts';
import type { ShortRun } from './runs.ts';
import { ADAM_WAYS, FOUR_WAYS, FRAGILE, LAST_STEP, LOOK, PRESET_STEPS } from './settings.ts';

const dataset = await openStarter();

const fall = await shortRun(dataset, FRAGILE, FOUR_WAYS.steps);
const { failure } = fall;
if (!failure) throw new Error('The run of the lesson on gradient clipping no longer fails.');

/** What the flight recorder holds of the run that fails. */
export const flight = {
  message: failure.message,
  trouble: failure.trouble,
  /** The step whose loss is no number. */
  failedAt: fall.steps.length + 1,
  lastLoss: failure.record.steps.at(-1)!.loss,
  variables: failure.record.variables.map((name) => name.replace(/^recurrent_\d+\//, '')),
  steps: failure.record.steps.map(({ step, loss, gradientNorms }) => ({
    step,
    loss,
    norms: gradientNorms,
    norm: Math.hypot(...gradientNorms),
  })),
};

/** The last step, and the one before it, taken apart. */
export const cliff = await dissect(dataset, FRAGILE, LAST_STEP, LOOK);
export const edge = await dissect(dataset, FRAGILE, LAST_STEP - 1, LOOK);

export const fourWays = await outcomesOf(dataset, FOUR_WAYS);
export const adamWays = await outcomesOf(dataset, ADAM_WAYS);

/** The first step of Adam, without clipping and with a clipnorm that shortens every gradient. */
const CLIPNORM = 0.01;
export const firstStep = {
  clipnorm: CLIPNORM,
  rows: pair(
    await shortRun(dataset, lab({ clipping: 'none' }), 1),
    await shortRun(dataset, lab({ clipping: 'clipnorm', clip: CLIPNORM }), 1),
  ),
};

function lab(training: Partial<ModelSettings['training']>): ModelSettings {
  return checkModel({ training });
}

function pair(plain: ShortRun, clipped: ShortRun) {
  const [before, after] = [plain, clipped].map(({ steps }) => steps[0]!.telemetry!.variables);
  return before!.map(({ name, raw, update }, i) => ({
    name: name.replace(/^recurrent_\d+\//, ''),
    raw,
    clipped: after![i]!.clipped,
    update,
    clippedUpdate: after![i]!.update,
  }));
}

/** The first steps of the preset whose clipnorm is 0.1, as its author wrote it, and without clipping. */
export const preset = await comparePreset();

async function comparePreset() {
  const { settings } = presetNamed('lstm-clipnorm')!;
  const { training } = settings;
  const clipped = await shortRun(dataset, settings, PRESET_STEPS);
  const plain = await shortRun(
    dataset,
    { ...settings, training: { ...training, clipping: 'none' } },
    PRESET_STEPS,
  );
  const looks = clipped.steps.map(({ telemetry }) => telemetry!.variables);
  return {
    clipnorm: training.clip,
    steps: PRESET_STEPS,
    /** The largest difference that clipping makes to the loss of a step. */
    apart: Math.max(
      ...clipped.steps.map(({ batch }, i) => Math.abs(batch.loss - plain.steps[i]!.batch.loss)),
    ),
    rows: looks[0]!.map(({ name }, i) => ({
      name: name.replace(/^recurrent_\d+\//, ''),
      longest: Math.max(...looks.map((look) => look[i]!.raw)),
      clipped: looks.filter((look) => look[i]!.clipped < look[i]!.raw * (1 - 1e-6)).length,
    })),
  };
}
