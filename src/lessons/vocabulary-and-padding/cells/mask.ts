const model = tf.sequential({
  layers: [
    tf.layers.embedding({
      inputDim: 5000,
      outputDim: 16,
      inputLength: 300,
      maskZero: true,
    }),
    tf.layers.gru({ units: 8 }),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ],
});

const progress = train(
  model,
  { sample: 'starter', padding: 'post' },
  { epochs: 2, learningRate: 0.01 },
);
