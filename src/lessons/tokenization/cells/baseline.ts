const model = tf.sequential({
  layers: [
    tf.layers.embedding({
      inputDim: 5000,
      outputDim: 1,
      inputLength: 250,
      maskZero: true,
      embeddingsInitializer: 'zeros',
    }),
    tf.layers.globalAveragePooling1d({}),
    tf.layers.dense({
      units: 1,
      activation: 'sigmoid',
      kernelInitializer: 'ones',
    }),
  ],
});

const progress = train(
  model,
  { sample: 'starter' },
  { epochs: 4, learningRate: 0.05 },
);
