/** Runs in the page: times updates of the plots with their largest data. */
import { confusionMatrix } from '../../src/plots/confusion-matrix.ts';
import { distributionPlot } from '../../src/plots/distribution.ts';
import type { Plot } from '../../src/plots/frame/types.ts';
import { gradientStrip } from '../../src/plots/gradient-strip.ts';
import { heatMap } from '../../src/plots/heat-map.ts';
import { linePlot } from '../../src/plots/line.ts';
import { reliabilityPlot } from '../../src/plots/reliability.ts';
import { rocPlot } from '../../src/plots/roc.ts';
import { scatterPlot } from '../../src/plots/scatter.ts';
import { tokenStrip } from '../../src/plots/token-strip.ts';
import { cellDiagram } from '../../src/plots/cell-diagram.ts';

const ROUNDS = 60;
/** The first rounds compile. */
const WARM_UP = 10;
const [STEPS, UNITS, POINTS] = [500, 128, 5_000];

/** Milliseconds of each update: script, style and layout. */
type Times = number[];

/** A wave that differs from round to round: the size of the data counts here, not its meaning. */
const wave = (length: number, round: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(i / 40 + round / 3) * Math.cos(i / 7));
const share = (value: number): number => 0.5 + value / 2;

const CASES: Readonly<Record<string, () => (round: number) => void>> = {
  [`heat map, ${STEPS} × ${UNITS} cells`]: () => {
    const data = (round: number) => ({
      values: wave(STEPS * UNITS, round),
      steps: STEPS,
      units: UNITS,
    });
    return prepared(heatMap(data(0), { title: 'a', most: 1 }), data);
  },
  [`line, ${POINTS} points`]: () => {
    const data = (round: number) => ({ series: [lineSeries('a', round)] });
    return prepared(linePlot(data(0), LINE), data);
  },
  [`line, 3 × ${POINTS} points`]: () => {
    const data = (round: number) => ({
      series: ['a', 'b', 'c'].map((name, i) => lineSeries(name, round + i)),
    });
    return prepared(linePlot(data(0), LINE), data);
  },
  [`scatter, ${POINTS} points`]: () => {
    const data = (round: number) =>
      Array.from(wave(POINTS, round), (value, i) => ({ x: Math.cos(i) * value, y: value, value }));
    return prepared(scatterPlot(data(0), { title: 'a' }), data);
  },
  [`token strip, ${STEPS} tokens`]: () => {
    const data = (round: number) =>
      Array.from(wave(STEPS, round), (value, i) => ({
        text: `word${i}`,
        id: i,
        kind: 'word' as const,
        value,
      }));
    return prepared(tokenStrip(data(0), { title: 'a' }), data);
  },
  [`gradient strip, 3 × ${STEPS} timesteps`]: () => {
    const data = (round: number) => ({
      series: ['a', 'b', 'c'].map((name, i) => ({
        name,
        values: wave(STEPS, round + i).map((value) => Math.exp(20 * value)),
      })),
    });
    return prepared(gradientStrip(data(0), { title: 'a' }), data);
  },
  [`distribution, 2 × ${POINTS} values`]: () => {
    const data = (round: number) =>
      ['a', 'b'].map((name, i) => ({ name, values: wave(POINTS, round + i) }));
    const options = { title: 'a', x: { label: 'x' } };
    return prepared(distributionPlot(data(0), options), data);
  },
  [`ROC curve, ${POINTS} reviews`]: () => prepared(rocPlot(judged(0), { title: 'a' }), judged),
  [`reliability, ${POINTS} reviews`]: () =>
    prepared(reliabilityPlot(judged(0), { title: 'a' }), judged),
  'confusion matrix': () => {
    const data = (round: number) => ({
      classes: ['negative', 'positive'],
      counts: [
        [round, 3],
        [5, 2 * round],
      ],
    });
    return prepared(confusionMatrix(data(0), { title: 'a' }), data);
  },
  'LSTM cell, 32 units': () => {
    const data = (round: number) => ({
      cell: 'LSTM' as const,
      vectors: Object.fromEntries(
        ['c0', 'h0', 'x', 'f', 'i', 'g', 'o', 'c', 'h'].map((key, i) => [key, wave(32, round + i)]),
      ),
    });
    return prepared(cellDiagram(data(0), { title: 'a' }), data);
  },
};

const LINE = { title: 'a', x: { label: 'x' }, y: { label: 'y' } };

function lineSeries(name: string, round: number) {
  return { name, points: Array.from(wave(POINTS, round), (value, i) => [i, value] as const) };
}

function judged(round: number) {
  const probabilities = wave(POINTS, round).map(share);
  return { probabilities, labels: probabilities.map((p, i) => Number(p > share(Math.sin(i)))) };
}

/** Makes the data of all rounds beforehand: what is timed is the plot. */
function prepared<Data>(plot: Plot<Data>, data: (round: number) => Data): (round: number) => void {
  document.body.append(plot.element);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => data(round));
  return (round) => {
    plot.update(rounds[round]!);
    plot.element.getBoundingClientRect();
  };
}

const nextFrame = (): Promise<number> => new Promise(requestAnimationFrame);

async function measure(): Promise<Record<string, Times>> {
  const times: Record<string, Times> = {};
  for (const [name, prepare] of Object.entries(CASES)) {
    const update = prepare();
    await nextFrame();
    await nextFrame();
    times[name] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await nextFrame();
      const start = performance.now();
      update(round);
      if (round >= WARM_UP) times[name].push(performance.now() - start);
    }
    document.body.replaceChildren();
  }
  return times;
}

Object.assign(globalThis, { measure });
