const shape = { units: 16, inputShape: [null, 16] };
const layers = [
  { name: 'SimpleRNN', sets: 1, layer: tf.layers.simpleRNN(shape) },
  { name: 'LSTM', sets: 4, layer: tf.layers.lstm(shape) },
  { name: 'GRU', sets: 3, layer: tf.layers.gru(shape) },
];

display(
  Inputs.table(
    layers.map(({ name, sets, layer }) => ({
      name,
      formula: sets * 16 * (16 + 16 + 1),
      counted: tf.sequential({ layers: [layer] }).countParams(),
    })),
  ),
);
