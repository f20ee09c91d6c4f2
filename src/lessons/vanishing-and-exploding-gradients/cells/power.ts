const factor = view(
  Inputs.range([0.5, 1.5], {
    label: 'Factor at each word',
    step: 0.01,
    value: 0.9,
  }),
);
