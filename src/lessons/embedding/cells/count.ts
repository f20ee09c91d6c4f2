const large = tf.sequential({
  layers: [
    tf.layers.embedding({
      inputDim: 10_000,
      outputDim: 128,
      inputLength: 500,
      embeddingsInitializer: 'zeros',
    }),
    tf.layers.lstm({ units: 64 }),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ],
});

display(
  large.layers.map((layer) => ({
    layer: layer.getClassName(),
    numbers: layer.countParams(),
    'of all': d3.format('.1%')(layer.countParams() / large.countParams()),
  })),
);
