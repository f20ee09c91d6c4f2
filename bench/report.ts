import { TARGETS } from './ratios.ts';
import type { BenchResult, EpochFigure, Figure } from './result.ts';

/** `docs/benchmarks.md`, made from the result. */
export function reportPage(result: BenchResult): string {
  const { machine, pytorch, browser, shape, distinctWords, reviews, parts } = result;
  const { cpu, stock, wide, epoch, products } = parts;
  const sections = [
    `# Benchmarks

Made by \`npm run bench\` on ${machine.date}: ${machine.cpu}, ${machine.cores} cores, Chromium ${machine.chromium}, Node ${machine.node}, TensorFlow.js ${machine.tfjs}${pytorch ? `, PyTorch ${pytorch}` : ''}. The raw figures stand in \`bench/results/latest.json\`.

A step trains Embedding(${whole(shape.vocabulary)} → ${shape.embedding}) → LSTM(${shape.units}) → Dense(1) with Adam on ${shape.batch} real reviews of ${shape.steps} words, from plain ids to updated weights; where a table says fewer words, reviews are cut. The batch holds ${whole(distinctWords)} distinct words. Everything but PyTorch and Node runs in a worker of headless Chromium, on a page that is ${browser.crossOriginIsolated ? '' : 'not '}cross-origin isolated, with the ${browser.simdBuild} build of the SIMD kernels, on ${browser.threads} thread${browser.threads === 1 ? '' : 's'} unless a table says otherwise; TensorFlow.js’s own layers have a worker to themselves. ${browser.backends.map(({ detail }) => detail).join(' ')} Rounds are interleaved.`,
    targets(result),
    cpu && `## The processor\n\n${figures(Object.values(cpu))}`,
    epoch &&
      `## An epoch of ${whole(reviews)} reviews\n\nThe network \`lstm-clipnorm\`: the same with each variable’s gradient clipped to a norm of 0.1, padding at the end. The epochs run in slices, in turn.\n\n${epochs(Object.values(epoch))}`,
    products &&
      `## Matrix products\n\nGFLOP/s on one thread, each in its fastest round. The peak is a loop of independent multiply-adds of four numbers.\n\n${table(
        ['product', 'GFLOP/s'],
        [
          ...Object.entries(products.products).map(([name, speed]) => [name, String(speed)]),
          ['all, as often as a step has each', String(products.together)],
          ['the vector unit’s peak', String(products.peak)],
        ],
      )}`,
    stock &&
      `## Beside TensorFlow.js as it is shipped\n\n\`cpu\` as it is shipped loops over the vocabulary for the gradient of an embedding, and WebGL is slow without a graphics card: each is timed on few words, and on the whole reviews with a limit. Nothing is extrapolated.\n\n${figures(Object.values(stock))}`,
    wide && `## 256 units, 200 words\n\n${figures(Object.values(wide))}`,
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

/** What was to be reached, what was, and a sentence for each miss. */
function targets({ ratios, notRun }: BenchResult): string {
  const rows = TARGETS.map(({ name, what, floor, aim }) => [
    `\`${name}\``,
    what,
    `${floor}×`,
    `${aim}×`,
    ratios[name] === null ? 'not run' : `${ratios[name]}×`,
  ]);
  const notes = TARGETS.flatMap(({ name, floor }) => {
    const value = ratios[name];
    if (value === null) return `\`${name}\` was not run: ${notRun[name]}`;
    return value < floor ? `\`${name}\` misses its floor of ${floor}× with ${value}×.` : [];
  });
  return `## Speed of ours over theirs

${[table(['ratio', 'of', 'at least', 'aim', 'measured'], rows), ...notes].join('\n\n')}`;
}

function figures(list: readonly Figure[]): string {
  return table(
    ['step', 'words', 'median', 'fastest', 'slowest', 'runs'],
    list.map(({ what, steps, timing, failure }) =>
      timing
        ? [
            what,
            String(steps),
            ...[timing.medianMs, timing.minMs, timing.maxMs].map((ms) => `${ms} ms`),
            String(timing.runs),
          ]
        : [what, String(steps), failure!, '', '', ''],
    ),
  );
}

function epochs(list: readonly EpochFigure[]): string {
  return table(
    ['epoch', 'seconds', 'fastest slice', 'slowest slice', 'slices'],
    list.map(({ what, seconds, slices }) => [
      what,
      String(seconds),
      String(Math.min(...slices)),
      String(Math.max(...slices)),
      String(slices.length),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const whole = (value: number): string => value.toLocaleString('en-GB');
