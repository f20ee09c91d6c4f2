const inputs = 16;
const units = 16;
const makers = {
  SimpleRNN: tf.layers.simpleRNN,
  LSTM: tf.layers.lstm,
  GRU: tf.layers.gru,
};
const sets = { SimpleRNN: 1, LSTM: 4, GRU: 3 };

display(
  Inputs.table(
    Object.entries(makers).map(([name, make]) => {
      const cell = make({ units });
      cell.build([null, null, inputs]);
      const formula =
        sets[name as keyof typeof sets] * units * (inputs + units + 1);
      return { name, formula, counted: cell.countParams() };
    }),
  ),
);
