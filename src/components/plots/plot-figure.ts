import type { Plot } from '../../plots/frame/types.ts';
import { define, LiveElement } from '../live-element.ts';
import { makePlot } from './kinds.ts';
import type { PlotSpec } from './kinds.ts';

/** How far from the screen a plot begins to load. */
const AHEAD = '300px';

/** Draws the plot that its JSON describes. */
class PlotFigure extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        watcher.disconnect();
        void this.#draw(signal);
      },
      { rootMargin: AHEAD },
    );
    watcher.observe(this);
    signal.addEventListener('abort', () => watcher.disconnect());
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
