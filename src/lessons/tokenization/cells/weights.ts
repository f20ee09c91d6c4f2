if (progress.state === 'finished') {
  const { words: known } = await imdb.vocabulary({ size: 5000 - 4 });
  const learnedWeights = await model.layers[0]!.getWeights()[0]!.data();
  const byWeight = known
    .map((word, rank) => ({ word, weight: learnedWeights[rank + 4]! }))
    .sort((a, b) => a.weight - b.weight);
  display(
    Plot.plot({
      height: 480,
      marginLeft: 100,
      x: { label: 'weight', grid: true },
      y: { label: null },
      marks: [
        Plot.barX([...byWeight.slice(0, 12), ...byWeight.slice(-12)], {
          x: 'weight',
          y: 'word',
          sort: { y: 'x' },
          fill: ({ weight }) =>
            weight < 0 ? 'var(--negative)' : 'var(--positive)',
        }),
        Plot.ruleX([0]),
      ],
    }),
  );
} else {
  display('The model has not finished learning.');
}
