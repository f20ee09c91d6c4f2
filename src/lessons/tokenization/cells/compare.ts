const sample = await imdb.load({ split: 'train', count: 60 });
const texts = sample.map(({ text }) => text);
const learned = learnBytePairs(
  texts.flatMap((text) => tokenizeWords(text)),
  { merges: 300 },
);

const ways = [
  characterTokenizer(),
  bytePairTokenizer(learned.merges),
  wordTokenizer(),
  whitespaceTokenizer(),
].map((way) => {
  const lists = texts.map((text) =>
    way.tokenize(text).map((token) => token.text),
  );
  const counts = d3.rollup(
    lists.flat(),
    (same) => same.length,
    (token) => token,
  );
  return {
    rule: way.name,
    'tokens a review': Math.round(d3.mean(lists, (list) => list.length)!),
    'different tokens': counts.size,
    'seen only once': [...counts.values()].filter((count) => count === 1)
      .length,
  };
});
display(ways);
