import type { Plot } from '../../plots/frame/types.ts';
import { define, LiveElement } from '../live-element.ts';
import { whenNear } from '../when-near.ts';
import { makePlot } from './kinds.ts';
import type { PlotSpec } from './kinds.ts';

/** Draws the plot that its JSON describes. */
class PlotFigure extends LiveElement {
  protected connect(signal: AbortSignal): void {
    whenNear(this, () => void this.#draw(signal), signal);
  }

  async #draw(signal: AbortSignal): Promise<void> {
    const spec = JSON.parse(this.child('spec').textContent) as PlotSpec;
    const plot: Plot<never> = await makePlot(spec);
    if (signal.aborted) {
      plot.destroy();
      return;
    }
    this.append(plot.element);
    signal.addEventListener('abort', () => plot.destroy());
  }
}

define('plot-figure', PlotFigure);
