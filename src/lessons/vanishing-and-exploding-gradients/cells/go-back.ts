const turn = tf.tensor2d(
  [Math.cos(1), Math.sin(1), -Math.sin(1), Math.cos(1)].map((x) => radius * x),
  [2, 2],
);

const after = (steps: number) => (h: typeof start) => {
  let state = h;
  for (let step = 0; step < steps; step++) {
    const next = state.matMul(turn);
    state = squash ? next.tanh() : next;
  }
  return state.sum();
};

const reached = [];
for (const steps of d3.range(1, 61, 3)) {
  const gradient = tf.grad(after(steps))(start);
  const [norm] = await gradient.norm().data();
  reached.push({ steps, norm: norm! });
}

Plot.plot({
  height: 220,
  marginLeft: 60,
  x: { label: 'words gone back' },
  y: { type: 'log', label: 'gradient', grid: true },
  marks: [
    Plot.line(reached, { x: 'steps', y: 'norm', stroke: 'var(--accent)' }),
  ],
});
