import { heatMap } from '../../plots/heat-map.ts';
import { define, LiveElement } from '../live-element.ts';
import { playWhile } from './play-while.ts';

const STEPS = 500;
const UNITS = 128;

/** A large heat map of sine waves: a shape to try the picture with, no measurement. */
class LiveHeatMap extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const values = new Float32Array(STEPS * UNITS);
    let time = 0;
    const data = () => {
      for (let t = 0; t < STEPS; t++) {
        for (let u = 0; u < UNITS; u++) {
          values[t * UNITS + u] =
            Math.sin(((t + time) * (u + 4)) / 900) * Math.cos(t / 90 - u / 40);
        }
      }
      return { values, steps: STEPS, units: UNITS };
    };
    const plot = heatMap(data(), { title: 'Sine waves', most: 1, table: false });
    this.child('plot').append(plot.element);
    signal.addEventListener('abort', () => plot.destroy());
    const toggle = this.child<HTMLInputElement>('live');
    playWhile(toggle, this.child('timing'), signal, () => {
      time += 2;
      plot.update(data());
    });
  }
}

define('live-heat-map', LiveHeatMap);
