import { describe, expect, it } from 'vitest';
import { summarize } from '../../scripts/load/summary.ts';
import { firstSteps } from '../../scripts/results/first-steps.ts';
import { resultsPage } from '../../scripts/results/page.ts';
import { readResults } from '../../scripts/results/read.ts';
import { settingsInWords } from '../../scripts/results/settings-in-words.ts';
import { TARGETS } from '../../scripts/results/targets.ts';
import type { Results } from '../../scripts/results/types.ts';
import { DEFAULT_LAYER, DEFAULT_MODEL } from '../../src/core/models/settings/index.ts';
import { underLoad } from '../../scripts/results/under-load.ts';
import { presetNamed, PRESETS } from '../../src/core/models/presets/index.ts';

const results = await readResults();
/** A real result. */
const known = results.presets.find(({ result }) => result)!.result!;

/** The results, as if a preset had this mean and the known result's seeds, and no other were trained. */
const only = (name: string, mean: number): Results => ({
  ...results,
  presets: PRESETS.map((preset) => ({
    preset,
    result:
      preset.name === name
        ? { ...known, preset: name, test_accuracy_mean: mean, settings: preset.settings }
        : undefined,
  })),
});

const linesOf = (page: string): string[] => page.split('\n');

describe('resultsPage', () => {
  it('shows every epoch of the preset as its author wrote it, and of no other', () => {
    const [first] = known.seeds;
    const rows = (name: string): string[] => {
      const lines = linesOf(resultsPage(only(name, 0.9)));
      const start = lines.indexOf(`Every epoch of seed ${first!.seed}:`);
      return start < 0 ? [] : lines.slice(start + 4, lines.indexOf('', start + 4));
    };
    const shown = rows('lstm-clipnorm');
    expect(shown.map((row) => row.split(' | ')[0])).toEqual(
      first!.epochs.map(({ epoch }) => `| ${epoch}`),
    );
    expect(shown[0]).toContain(first!.epochs[0]!.validationAuc.toFixed(4));
    expect(rows('gru-lstm')).toEqual([]);
  });

  it('says of a preset that it misses its floor, or is not yet trained', () => {
    const missed = resultsPage(only('gru-lstm', 0.87));
    expect(missed).toContain('`gru-lstm` misses its floor of 87.5 % with 87.00 %.');
    expect(missed.match(/^Not yet trained\.$/gm)).toHaveLength(PRESETS.length - 1);
    expect(resultsPage(only('gru-lstm', 0.875))).not.toContain('misses');
  });

  it('has a target for every preset, and one of ours beside each of PyTorch’s', () => {
    expect(Object.keys(TARGETS)).toEqual(PRESETS.map(({ name }) => name));
    expect(results.torch.runs.filter(({ preset }) => !presetNamed(preset))).toEqual([]);
  });
});

describe('the figures of the page and of the server', () => {
  const machine = { ...known.seeds[0]!.machine, chromium: '1' };

  it('say whether later visits are in time, or that nothing is measured', () => {
    const run = (medianMs: number) => ({
      ...{ firstVisitMs: 3000.4, medianMs, minMs: 900, maxMs: 2500, visits: 7 },
    });
    const page = (late: number): string =>
      firstSteps({ machine, limitMs: 2000, runs: { lab: run(1000), 'gru-lstm': run(late) } });
    expect(page(1500)).toContain('at most 2,000 ms, and does.');
    expect(page(2100)).toContain('at most 2,000 ms; 1 of 2 networks take longer.');
    expect(page(2100)).toContain('| `gru-lstm` | 3,000 ms | 2,100 ms | 900 ms | 2,500 ms |');
    expect(firstSteps(undefined)).toContain('Not yet measured');
  });

  it('sum up a load', () => {
    const outcome = {
      ...{ seconds: 10, latencies: [10, 20, 30], failures: { 503: 2 }, memory: [100, 101] },
      model: 'gru-lstm',
    };
    const page = underLoad({ machine, words: 200, connections: 32, ...summarize(outcome) });
    expect(page).toContain('3 reviews of 200 words in 10 s over 32 connections');
    expect(page).toContain('| Answers that were no 200 | 2 | none |');
    expect(page).toContain('| Memory, first and last | 100 and 101 MiB |  |');
    expect(underLoad(undefined)).toContain('Not yet measured');
  });
});

describe('settingsInWords', () => {
  it('names what departs from the plain network', () => {
    const { text, network, training } = DEFAULT_MODEL;
    const settings = {
      text: { ...text, padding: 'post', bigrams: 7000 },
      network: {
        ...network,
        maskZero: true,
        layers: [{ ...DEFAULT_LAYER, cell: 'GRU', direction: 'both', dropout: 0.2 }],
        pooling: 'max',
      },
      training: {
        ...training,
        clipping: 'clipnorm',
        clip: 0.1,
        l2: 0.01,
        bucketed: true,
        patience: 3,
      },
    } as const;
    expect(settingsInWords(settings)).toBe(
      '5,000 words, the 7,000 commonest word pairs, at most 120 of them, padded behind and cut in front. ' +
        'Embedding 16 → GRU 2 × 32 → maximum → Dense 1: padding masked, dropout 0.2 of layer 1’s input. ' +
        'Adam 0.01, each variable’s gradient clipped to a norm of 0.1, L2 0.01 of the other matrices, ' +
        'batches of 32 of like length, up to 2 epochs, ended after 3 without a better validation accuracy.',
    );
    const plain = settingsInWords(DEFAULT_MODEL);
    expect(plain).toContain('padding not masked. Adam 0.01, batches of 32, 2 epochs.');
  });
});
