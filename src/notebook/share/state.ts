import type { Cell } from '../cell.ts';
import { readControls, setControls } from './page-controls.ts';
import type { SharedState } from './permalink.ts';

type Cells = ReadonlyMap<string, Cell>;

/** What a link to the page as it is now must hold. */
export function collectState(cells: Cells): SharedState {
  const all = [...cells.values()];
  return {
    cells: Object.fromEntries(
      all.filter(({ edited }) => edited.value).map(({ name, text }) => [name, text.value]),
    ),
    controls: readControls(document),
    views: Object.fromEntries(
      all
        .filter(({ controls }) => controls.length > 0)
        .map(({ name, controls }) => [name, controls.map(({ value }) => value)]),
    ),
  };
}

/**
 * Sets the page's controls and lays the code of a link beside the reader's. Controls of cells get
 * their values when they are shown.
 *
 * @returns cells for which the link has other code
 */
export function receiveState({ cells: codes, controls, views }: SharedState, cells: Cells): number {
  let proposals = 0;
  for (const [name, code] of Object.entries(codes)) {
    const cell = cells.get(name)!;
    if (code === cell.text.value) continue;
    cell.proposal.value = code;
    proposals++;
  }
  for (const [name, values] of Object.entries(views)) cells.get(name)!.controlValues = values;
  setControls(document, controls);
  return proposals;
}
