const reader = tf.sequential({
  layers: [
    tf.layers.embedding({
      inputDim: 5000,
      outputDim: 16,
      inputLength: 100,
      maskZero: true,
    }),
    tf.layers.simpleRNN({ units: 16, activation: 'relu' }),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ],
});

const progress = train(
  reader,
  { sample: 'starter' },
  { epochs: 3, learningRate: 0.003 },
);
