const short = vocabulary.encode(tokenizeWords('What a wonderful film!'), {
  numWords: 10_000,
});
for (const padding of ['pre', 'post'] as const) {
  const row = padSequences([short], { maxlen: 12, padding });
  display(`${padding}: ${row.ids.join(' ')}`);
}
for (const truncating of ['pre', 'post'] as const) {
  const row = padSequences([short], { maxlen: 3, truncating });
  display(`cut ${truncating}: ${vocabulary.decode(row.ids).join(' ')}`);
}
