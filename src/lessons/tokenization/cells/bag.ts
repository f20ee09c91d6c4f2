const pair = ['not good, it is bad', 'not bad, it is good'];
const pairWords = pair.map((sentence) => tokenizeWords(sentence));
const small = Vocabulary.fit(pairWords);
const pairIds = pairWords.map((words) =>
  small.encode(words, { startId: null }),
);
const bags = countVectors(pairIds, small.size + 4);

display(pairIds);
display(tf.tensor2d(bags.values, [...bags.shape]));
