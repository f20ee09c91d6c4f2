const vocabulary = await imdb.vocabulary();
const ids = vocabulary.encode(words, { numWords: 5000 });
const padded = padSequences([ids], { maxlen: 120, padding: 'pre' });

display(tf.tensor2d(padded.ids, [...padded.shape], 'int32'));
display(vocabulary.decode(padded.ids.slice(-8)));
