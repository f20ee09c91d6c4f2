const text = 'It is slow, it is long, and it is wonderful.';
const opinion =
  progress.state === 'finished' ? await inspect(reader, text) : undefined;

if (opinion) {
  display(
    Plot.plot({
      height: 200,
      marginBottom: 70,
      x: {
        label: null,
        tickRotate: -40,
        tickFormat: (place: number) => opinion.words[place]?.word ?? '',
      },
      y: { domain: [0, 1], label: 'positive?', tickFormat: '%' },
      marks: [
        Plot.ruleY([0.5], { strokeDasharray: '4 4' }),
        Plot.lineY(opinion.words, {
          x: (_: unknown, place: number) => place,
          y: 'probability',
          stroke: 'var(--accent)',
          marker: 'circle',
        }),
      ],
    }),
  );
} else {
  display('The network has not finished learning.');
}
