const { words } = await imdb.vocabulary({ size: 5000 - 4 });
const vectors =
  progress.state === 'finished'
    ? ((await model.layers[0]!.getWeights()[0]!.array()) as number[][])
    : undefined;

if (vectors) {
  // A word of rank r, counted from 0, has the id r + 4.
  const vectorOf = (word: string) => vectors[words.indexOf(word) + 4]!;
  const length = (v: number[]) => Math.hypot(...v);
  const cosine = (a: number[], b: number[]) =>
    d3.sum(a, (value, i) => value * b[i]!) / (length(a) * length(b));
  const nearest = (wanted: number[]) =>
    words
      .map((word) => ({ word, cosine: cosine(wanted, vectorOf(word)) }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 8);

  const mixed = vectorOf('great').map(
    (value, i) => value - vectorOf('good')[i]! + vectorOf('bad')[i]!,
  );
  display(nearest(mixed));
  display(nearest(vectorOf('acting')));
} else {
  display('The model has not finished learning.');
}
