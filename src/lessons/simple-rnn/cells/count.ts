const [words, size, units] = [10_000, 64, 64];

display([
  { part: 'embedding', parameters: words * size },
  { part: 'W, from the word', parameters: size * units },
  { part: 'U, from the memory', parameters: units * units },
  { part: 'b, one for each unit', parameters: units },
  { part: 'verdict', parameters: units + 1 },
]);

const counted = tf.sequential({
  layers: [
    tf.layers.embedding({ inputDim: words, outputDim: size, inputLength: 500 }),
    tf.layers.simpleRNN({ units }),
    tf.layers.dense({ units: 1 }),
  ],
});
display(counted.countParams());
