const network = (unitForgetBias: boolean) =>
  tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: 5000, outputDim: 16, inputLength: 120 }),
      tf.layers.lstm({ units: 16, unitForgetBias }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });

const biases = race(
  { 'starts at 0': network(false), 'starts at 1': network(true) },
  { steps: 150, validateEvery: 25 },
);
