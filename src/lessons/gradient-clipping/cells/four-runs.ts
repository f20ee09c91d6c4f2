const fragile = (
  clipping: 'none' | 'clipvalue' | 'clipnorm' | 'global_clipnorm',
) => ({
  text: { maxlen: 80 },
  network: {
    layers: [{ cell: 'SimpleRNN', units: 16, activation: 'linear' } as const],
  },
  training: { optimizer: 'sgd', learningRate: 0.1, clipping, clip: 1 } as const,
});

const runs = race(
  { unclipped: fragile('none'), clipped: fragile('global_clipnorm') },
  { steps: 60, seed: 5, window: 5, validateEvery: 0 },
);
