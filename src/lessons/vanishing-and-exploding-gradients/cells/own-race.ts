const network = (cell: 'SimpleRNN' | 'LSTM' | 'GRU') => ({
  text: { maxlen: 30 },
  network: { layers: [{ cell, units: 16 }] },
});

const contest = race(
  { SimpleRNN: network('SimpleRNN'), GRU: network('GRU') },
  { steps: 60, seed: 1 },
);
