const model = tf.sequential({
  layers: [
    tf.layers.embedding({
      inputDim: 5000,
      outputDim: 16,
      inputLength: 200,
      maskZero: true,
      embeddingsInitializer: tf.initializers.randomUniform({
        minval: -0.05,
        maxval: 0.05,
        seed: 1,
      }),
    }),
    tf.layers.globalAveragePooling1d({}),
    tf.layers.dense({
      units: 1,
      activation: 'sigmoid',
      kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
    }),
  ],
});

const progress = train(
  model,
  { sample: 'starter' },
  { epochs: 4, learningRate: 0.01 },
);
