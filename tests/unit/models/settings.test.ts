import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsFromQuery, settingsToQuery } from '../../../src/core/models/settings-query.ts';
import {
  CELLS,
  checkSettings,
  DEFAULT_SETTINGS,
  PADDINGS,
  RANGES,
  SettingsError,
} from '../../../src/core/models/settings.ts';
import type { RunSettings } from '../../../src/core/models/settings.ts';

const integer = (key: keyof typeof RANGES) =>
  fc.integer({ min: RANGES[key].min, max: RANGES[key].max });

const usable: fc.Arbitrary<RunSettings> = fc.record({
  cell: fc.constantFrom(...CELLS),
  units: integer('units'),
  embeddingDim: integer('embeddingDim'),
  numWords: integer('numWords'),
  maxlen: integer('maxlen'),
  padding: fc.constantFrom(...PADDINGS),
  learningRate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
  batchSize: integer('batchSize'),
  epochs: integer('epochs'),
  seed: integer('seed'),
});

describe('checkSettings', () => {
  it('takes every setting within its limits as it is', () => {
    fc.assert(
      fc.property(usable, (settings) => {
        expect(checkSettings(settings)).toEqual(settings);
      }),
      { seed: 1 },
    );
  });

  it('fills in defaults and drops what is no setting', () => {
    expect(checkSettings({ units: 8, evil: 1 })).toEqual({ ...DEFAULT_SETTINGS, units: 8 });
  });

  it.each([
    ['units', 0, 'Units must be a whole number from 1 to 128, not 0.'],
    ['units', 1.5, 'Units must be a whole number from 1 to 128, not 1.5.'],
    ['maxlen', 501, 'Length must be a whole number from 2 to 500, not 501.'],
    ['learningRate', Number.NaN, 'Learning rate must be a number from 0.000001 to 1, not NaN.'],
    ['learningRate', 1e9, 'Learning rate must be a number from 0.000001 to 1, not 1000000000.'],
    ['epochs', '3', 'Epochs must be a whole number from 1 to 50, not "3".'],
    ['cell', 'CNN', 'Recurrent layer must be SimpleRNN, LSTM, GRU, not "CNN".'],
    ['padding', null, 'Padding must be pre, post, not null.'],
  ])('refuses %s = %s', (key, value, message) => {
    expect(() => checkSettings({ [key]: value })).toThrow(message);
    expect(() => checkSettings({ [key]: value })).toThrow(SettingsError);
  });
});

describe('the permalink of a run', () => {
  it('gives back any settings', () => {
    fc.assert(
      fc.property(usable, (settings) => {
        const query = new URLSearchParams(settingsToQuery(settings).toString());
        expect(settingsFromQuery(query)).toEqual({ settings, problems: [] });
      }),
      { seed: 1 },
    );
  });

  it('is empty for the defaults', () => {
    expect(settingsToQuery(DEFAULT_SETTINGS).toString()).toBe('');
  });

  it('opens whatever it holds, with usable settings', () => {
    const keys = fc.constantFrom(...Object.keys(DEFAULT_SETTINGS), '__proto__', 'x');
    const anything = fc.array(fc.tuple(keys, fc.string({ unit: 'binary' })));
    fc.assert(
      fc.property(anything, (entries) => {
        const { settings } = settingsFromQuery(new URLSearchParams(entries));
        expect(checkSettings(settings)).toEqual(settings);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('keeps the good values beside a bad one, and names the bad one', () => {
    const { settings, problems } = settingsFromQuery(
      new URLSearchParams('units=8&epochs=&seed=-1'),
    );
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, units: 8 });
    expect(problems).toEqual([
      'Epochs must be a whole number from 1 to 50, not "".',
      'Seed must be a whole number from 0 to 2147483647, not -1.',
    ]);
  });
});
