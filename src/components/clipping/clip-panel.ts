import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import { figure, percent } from '../lab/format.ts';
import { tableRow } from '../lab/table-row.ts';
import { define } from '../live-element.ts';
import { RacePanel } from '../training/race-panel.ts';

/** Tells how often each model of the race is clipped, and how far its gradient is bent. */
class ClipPanel extends RacePanel {
  protected show(race: RaceProgress): void {
    this.child('clip-rows').replaceChildren(
      ...race.models.map((model) => tableRow(model.name, clippingCells(model))),
    );
  }
}

function clippingCells({ history, last }: RacerProgress): string[] {
  if (!last) return ['–', '–', '–'];
  const angles = history.map(({ telemetry }) => telemetry?.angle ?? 0);
  const bent = (Math.max(...angles) * 180) / Math.PI;
  return [
    percent(last.clippedShare),
    figure(Math.max(...history.map(({ gradientNorm }) => gradientNorm))),
    `${bent.toFixed(1)}°`,
  ];
}

define('clip-panel', ClipPanel);
