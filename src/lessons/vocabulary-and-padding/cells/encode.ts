const review = await imdb.get(44_379);
const words = tokenizeWords(review.text);
const vocabulary = await imdb.vocabulary({ size: 30_000 });
const sizes = [500, 2000, 10_000, 30_000].map((numWords) => {
  const ids = vocabulary.encode(words, { numWords });
  const unknown = ids.filter((id) => id === 2).length;
  return { numWords, words: words.length, unknown };
});

display(sizes);
display(
  vocabulary.decode(vocabulary.encode(words, { numWords: 500 })).slice(0, 30),
);
