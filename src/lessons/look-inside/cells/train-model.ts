const model = tf.sequential({
  layers: [
    tf.layers.embedding({ inputDim: 5000, outputDim: 8, inputLength: 120 }),
    tf.layers.gru({ units: 8 }),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ],
});

const progress = train(
  model,
  { sample: 'starter' },
  { epochs: 2, learningRate: 0.02 },
);
