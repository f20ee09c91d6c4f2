Plot.plot({
  height: 60 + 18 * howMany,
  marginLeft: 60,
  marginBottom: 40,
  x: { grid: true, label: 'occurrences in 200 reviews' },
  y: { label: null },
  marks: [
    Plot.barX(counts.slice(0, howMany), {
      x: 'count',
      y: 'word',
      sort: { y: '-x' },
      fill: 'var(--accent)',
    }),
    Plot.ruleX([0]),
  ],
});
