const reading =
  progress.state === 'finished' ? await inspect(model, review) : undefined;

if (reading) {
  const points = reading.words.map((word, place) => ({ ...word, place }));
  display(
    Plot.plot({
      height: 160,
      x: { label: 'words read' },
      y: { domain: [0, 1], label: 'positive?', tickFormat: '%' },
      marks: [
        Plot.ruleY([0.5], { strokeDasharray: '4 4' }),
        Plot.lineY(points, {
          x: 'place',
          y: 'probability',
          stroke: 'var(--accent)',
        }),
        Plot.tip(
          points,
          Plot.pointerX({ x: 'place', y: 'probability', title: 'word' }),
        ),
      ],
    }),
  );
} else {
  display('The model has not finished learning.');
}
