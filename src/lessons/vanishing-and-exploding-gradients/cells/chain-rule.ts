// A turn by one radian, stretched: its spectral radius is the stretch.
const radius = view(
  Inputs.range([0.5, 1.5], {
    label: 'Spectral radius',
    step: 0.05,
    value: 0.9,
  }),
);
const squash = view(
  Inputs.toggle({ label: 'tanh at each step', value: false }),
);
const start = tf.tensor([0.3, -0.2], [1, 2]);
