const review = await imdb.sample({ seed: 7 });
const words = tokenizeWords(review.text);

display(review.text);
display(words);
