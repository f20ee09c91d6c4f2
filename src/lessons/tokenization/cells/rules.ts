const review = await imdb.get(40_672);
const tokenizer = wordTokenizer({ lower: true, breaks: 'keep' });
const tokens = tokenizer.tokenize(review.text);

display(review.text);
display(tokens.slice(0, 12));
