/** What the lesson on gates shows on arrival, worked out from shipped weights when the site is built. */
import { clampGate } from '../../core/inspect/clamp-gate.ts';
import { recurrentLayers } from '../../core/inspect/recurrent-layers.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';
import { evaluate } from '../../core/training/evaluation/evaluate.ts';
import { openStarter } from '../open-data.ts';
import { openShipped } from '../shipped-model.ts';
import { accuracyWithoutLoop, meanGates } from './roads.ts';
import { raceOutcomes, readGates, validationBatches } from './runs.ts';
import {
  CELL_RACE,
  CHALLENGERS,
  HELD_AT,
  LAST_WORDS,
  MOST_STEPS,
  READER,
  ROW,
  SHOWN_UNITS,
} from './settings.ts';

const REVIEWS = 40;

const dataset = await openStarter();
const shipped = await openShipped([READER]);
if (!shipped) throw new Error(`The lesson on gates needs public/models/${READER}.`);
const { trained } = shipped;

export const reading = await readReview(trained);

async function readReview(model: TrainedModel) {
  const { rows, labels } = dataset.table('test');
  const at = Math.max(0, rows.indexOf(ROW));
  const row = rows[at]!;
  const text = await dataset.text(dataset.positionOf(row)!);
  const gates = await readGates(model, text, { steps: MOST_STEPS, units: SHOWN_UNITS });
  return { ...gates, row, label: labels[at]! };
}

/** Mean forget gate of each unit of the shipped network. */
export const forget = (await meanGates(dataset, trained, REVIEWS)).f;
export const forgetReviews = REVIEWS;

const batches = validationBatches(dataset, trained);
const layer = recurrentLayers(trained.model)[0]!;
export const units = layer.units;
/** Of the shipped network on the validation reviews that load first. */
export const free = (await evaluate(trained.model, batches))!;
export const held = (await clampGate(trained.model, layer, 'f', HELD_AT, batches)).map(
  ({ value, evaluation }) => ({ value, accuracy: evaluation.accuracy }),
);

/** Accuracy when each unit holds its forget gate at its own mean. */
const [apart] = await clampGate(trained.model, layer, 'f', [forget], batches);
export const heldApart = apart!.evaluation.accuracy;

/** Accuracy with one of the roads cut, or with gates that don’t hear the state. */
export const cuts = {
  loop: await accuracyWithoutLoop(trained, ['g'], batches),
  hearing: await accuracyWithoutLoop(trained, ['i', 'f', 'o'], batches),
  both: await accuracyWithoutLoop(trained, ['i', 'f', 'g', 'o'], batches),
};

/** Accuracy when it reads only the end of each review, by words. */
export const endings: { readonly words: number; readonly accuracy: number }[] = [];
for (const words of LAST_WORDS) {
  const evaluation = await evaluate(trained.model, validationBatches(dataset, trained, words));
  endings.push({ words, accuracy: evaluation!.accuracy });
}

export const cells = await raceOutcomes(dataset, CELL_RACE);
export const challengers = await raceOutcomes(dataset, CHALLENGERS);
