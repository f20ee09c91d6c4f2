import { describe, expect, it } from 'vitest';
import { DEFAULT_MODEL } from '../../../src/core/models/settings/index.ts';
import { PRESETS } from '../../../src/core/models/presets/index.ts';
import { checkTrainingSettings } from '../../../src/core/training/check-settings.ts';
import { trainingSettingsOf } from '../../../src/core/training/from-model-settings.ts';
import { dropWords } from '../../../src/core/training/step/word-dropout.ts';
import { makeSource } from './fixture.ts';

const ids = { unknownId: 2, firstWordId: 4 };

describe('trainingSettingsOf', () => {
  it.each(PRESETS.map((preset) => [preset.name, preset] as const))(
    'gives the engine settings it can use for %s',
    (_, { settings }) => {
      checkTrainingSettings(trainingSettingsOf(settings.training, 625, ids), true);
    },
  );

  it('takes every setting over', () => {
    const { training } = DEFAULT_MODEL;
    const settings = trainingSettingsOf(
      {
        ...training,
        optimizer: 'sgd',
        momentum: 0.9,
        decay: 0.5,
        clipping: 'global_clipnorm',
        clip: 3,
        l2: 0.1,
        l2Embedding: 0.2,
        wordDropout: 0.3,
        averaging: 0.99,
        patience: 4,
      },
      625,
      ids,
    );
    expect(settings).toEqual({
      epochs: 2,
      seed: 1,
      optimizer: { name: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false },
      warmupSteps: 0,
      decay: { kind: 'step', factor: 0.5, steps: 625 },
      clipping: { kind: 'global_clipnorm', value: 3 },
      l2: { embedding: 0.2, recurrent: 0.1, dense: 0.1 },
      labelSmoothing: 0,
      wordDropout: { rate: 0.3, unknownId: 2, firstWordId: 4 },
      weightAveraging: 0.99,
      earlyStopping: {
        monitor: 'valAccuracy',
        patience: 4,
        minDelta: 0,
        restoreBestWeights: true,
      },
    });
  });
});

describe('dropWords', () => {
  const [batch] = makeSource(1, 200, 200).epoch(0);

  it('reads about the asked share of the words as unknown, and leaves the marks alone', () => {
    const dropped = dropWords(batch!, { rate: 0.3, ...ids }, 7);
    let [words, gone] = [0, 0];
    batch!.ids.forEach((id, i) => {
      words += Number(id >= 4);
      gone += Number(dropped.ids[i] !== id);
      expect([id, id >= 4 ? 2 : id]).toContain(dropped.ids[i]);
    });
    expect(gone / words).toBeGreaterThan(0.25);
    expect(gone / words).toBeLessThan(0.35);
  });

  it('drops others for another seed, the same for the same', () => {
    const [a, b, c] = [7, 7, 8].map((seed) => dropWords(batch!, { rate: 0.3, ...ids }, seed).ids);
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });
});
