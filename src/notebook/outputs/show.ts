import { RaceProgress } from '../../client/index.ts';
import { isProgress } from '../library/progress.ts';
import { nameParts } from './name-parts.ts';
import { isModel, showModel } from './model.ts';
import { showProgress } from './progress.ts';
import { showRace } from './race.ts';
import { isTable, showTable } from './table.ts';
import { isTensor, showTensor } from './tensor.ts';
import { showValue } from './value.ts';

/** What is put on the page for a value of a cell. Nodes are shown as they are. */
export function show(value: unknown): Node {
  if (value instanceof Node) return nameParts(value);
  if (isProgress(value)) return showProgress(value);
  if (value instanceof RaceProgress) return showRace(value);
  if (isTensor(value)) return showTensor(value);
  if (isModel(value)) return showModel(value);
  if (isTable(value)) return showTable(value);
  return showValue(value);
}
