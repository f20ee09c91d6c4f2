import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESETS, presetNamed } from '../../../src/core/models/presets/index.ts';
import {
  checkModel,
  DEFAULT_LAYER,
  DEFAULT_MODEL,
  FIELDS,
  LAYER_FIELDS,
  modelFromQuery,
  modelToQuery,
  SettingsError,
} from '../../../src/core/models/settings/index.ts';
import type { Field, ModelSettings } from '../../../src/core/models/settings/index.ts';

function valueOf(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'integer':
      return fc.integer({ min: field.min, max: field.max });
    case 'number':
      return fc.double({ min: field.min, max: field.max, noNaN: true });
    case 'choice':
      return fc.constantFrom(...field.choices);
    case 'flag':
      return fc.boolean();
  }
}

const groupOf = (fields: Readonly<Record<string, Field>>) =>
  fc.record(
    Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, valueOf(field)])),
  );

/** Settings in which every field is within its limits and the fields fit each other. */
const usable = fc
  .record({
    text: groupOf(FIELDS.text),
    network: groupOf(FIELDS.network),
    training: groupOf(FIELDS.training),
    layers: fc.array(groupOf(LAYER_FIELDS), { maxLength: 3 }),
  })
  .map(({ text, network, training, layers }) => {
    const pooling = layers.length === 0 ? 'sum' : 'last';
    const whole = { ...network, embedding: 'uniform', pooling, layers };
    return { text, network: whole, training } as unknown as ModelSettings;
  });

describe('checkModel', () => {
  it('takes every setting within its limits as it is', () => {
    fc.assert(
      fc.property(usable, (settings) => {
        expect(checkModel(settings)).toEqual(settings);
      }),
      { seed: 1 },
    );
  });

  it('fills in defaults and drops what is no setting', () => {
    const layers = [{ cell: 'GRU', evil: 1 }];
    expect(checkModel({ network: { layers }, training: { seed: 3 }, evil: 1 })).toEqual({
      ...DEFAULT_MODEL,
      network: { ...DEFAULT_MODEL.network, layers: [{ ...DEFAULT_LAYER, cell: 'GRU', units: 16 }] },
      training: { ...DEFAULT_MODEL.training, seed: 3 },
    });
  });

  it.each([
    [{ network: { layers: [{ units: 0 }] } }, 'Units must be a whole number from 1 to 512, not 0.'],
    [
      { network: { layers: [{}, { units: 1e9 }] } },
      'Units must be a whole number from 1 to 512, not 1000000000.',
    ],
    [{ network: { layers: 7 } }, 'Recurrent layers must be a list of at most 3, not 7.'],
    [
      { network: { layers: [{}, {}, {}, {}] } },
      'Recurrent layers must be a list of at most 3, not 4 of them.',
    ],
    [{ network: 'x' }, 'network must be a group of settings, not "x".'],
    [
      { network: { layers: [] } },
      'Without a recurrent layer, pooling must be one of max, average, sum, not last.',
    ],
    [
      { network: { pooling: 'sum' } },
      'Behind a recurrent layer, pooling must be one of last, max, average, not sum.',
    ],
    [{ network: { embedding: 'naiveBayes' } }, 'Naive Bayes gives each word one number'],
    [
      { network: { embedding: 'wordVectors' }, text: { bigrams: 9 } },
      'Word vectors are learnt from',
    ],
    [
      { training: { learningRate: 0 } },
      'Learning rate must be a number from 0.000001 to 1, not 0.',
    ],
    [
      { training: { learningRate: Number.NaN } },
      'Learning rate must be a number from 0.000001 to 1, not NaN.',
    ],
    [{ training: { epochs: '3' } }, 'Epochs must be a whole number from 1 to 100, not "3".'],
    [
      { training: { clipping: 'all' } },
      'Clipping must be one of none, clipnorm, clipvalue, global_clipnorm, not "all".',
    ],
    [{ text: { distinct: 1 } }, 'Each word once must be true or false, not 1.'],
    [{ text: { maxlen: 4001 } }, 'Length must be a whole number from 2 to 4000, not 4001.'],
  ])('refuses %j', (input, message) => {
    expect(() => checkModel(input)).toThrow(message);
    expect(() => checkModel(input)).toThrow(SettingsError);
  });
});

describe('the permalink of settings', () => {
  it('gives back any settings, over any preset', () => {
    fc.assert(
      fc.property(usable, fc.constantFrom(...PRESETS), (settings, preset) => {
        const query = new URLSearchParams(modelToQuery(settings, preset.settings).toString());
        // A stack and what is made of it change together, so the base may not fit on its way there.
        expect(modelFromQuery(query, DEFAULT_MODEL).problems).toEqual([]);
        const plain = new URLSearchParams(modelToQuery(settings, DEFAULT_MODEL).toString());
        expect(modelFromQuery(plain, DEFAULT_MODEL)).toEqual({ settings, problems: [] });
      }),
      { seed: 1 },
    );
  });

  it('is empty for the base itself', () => {
    for (const { settings } of PRESETS)
      expect(modelToQuery(settings, settings).toString()).toBe('');
  });

  it('opens whatever it holds, with usable settings', () => {
    const keys = fc.constantFrom(
      'network.layers',
      'network.layers.0.units',
      'network.layers.2.cell',
      'network.pooling',
      'training.epochs',
      'text.distinct',
      '__proto__.x',
      'x',
    );
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.integer().map(String));
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, texts)), (entries) => {
        const { settings } = modelFromQuery(new URLSearchParams(entries), DEFAULT_MODEL);
        expect(checkModel(settings)).toEqual(settings);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('keeps the good values beside a bad one, and names the bad one', () => {
    const query = new URLSearchParams('network.layers.0.units=8&training.epochs=&training.seed=-1');
    const { settings, problems } = modelFromQuery(query, DEFAULT_MODEL);
    expect(settings.network.layers[0]!.units).toBe(8);
    expect(settings.training).toEqual(DEFAULT_MODEL.training);
    expect(problems).toEqual([
      'Epochs must be a whole number from 1 to 100, not "".',
      'Seed must be a whole number from 0 to 2147483647, not -1.',
    ]);
  });
});

describe('presets', () => {
  it.each(PRESETS)('$name can be used as it is, and found by its name', (preset) => {
    expect(checkModel(preset.settings)).toEqual(preset.settings);
    expect(presetNamed(preset.name)).toBe(preset);
  });

  it('are the five systems, a corrected twin, the baseline and our best', () => {
    expect(PRESETS.map(({ name }) => name)).toEqual([
      'bag-of-words',
      'simple-rnn',
      'lstm-rmsprop',
      'lstm-clipnorm',
      'lstm-clipnorm-masked',
      'lstm-dropout',
      'gru-lstm',
      'best',
    ]);
  });
});
