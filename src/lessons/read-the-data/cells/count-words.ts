const reviews = await imdb.load({ split: 'train', count: 200 });
const counts = d3
  .rollups(
    reviews.flatMap(({ text }) => tokenizeWords(text)),
    (occurrences) => occurrences.length,
    (word) => word,
  )
  .map(([word, count]) => ({ word, count }))
  .sort((a, b) => b.count - a.count);

const howMany = view(
  Inputs.range([5, 40], { label: 'Words shown', step: 1, value: 12 }),
);
