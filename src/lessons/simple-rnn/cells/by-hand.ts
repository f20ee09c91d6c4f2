const layer = tf.layers.simpleRNN({ units: 3, returnSequences: true });
const tiny = tf.sequential({ layers: [layer] });

// Four words, each a vector of two numbers.
const sentence = tf.randomNormal([1, 4, 2], 0, 1, 'float32', 7);
const expected = tf.concat([tiny.predict(sentence)].flat());
const [W, U, b] = layer.getWeights();

const remembers = view(
  Inputs.toggle({ label: 'Use U, the memory', value: true }),
);
