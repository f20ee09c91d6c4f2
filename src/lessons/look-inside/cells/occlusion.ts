const words = tokenizeWords(sentence);
const shares: { word: string; share: number }[] = [];

if (progress.state === 'finished') {
  const whole = logit(await predict(model, words.join(' ')));
  for (const [place, word] of words.entries()) {
    const hidden = words.with(place, 'xqzzt'); // No review has this word.
    const without = logit(await predict(model, hidden.join(' ')));
    shares.push({ word, share: whole - without });
  }
}

display(
  Plot.plot({
    marginLeft: 90,
    x: { grid: true, label: 'logit lost without the word' },
    y: { label: null },
    marks: [
      Plot.barX(shares, {
        x: 'share',
        y: (_, place) => place,
        fill: ({ share }) =>
          share > 0 ? 'var(--positive)' : 'var(--negative)',
      }),
      Plot.axisY({ tickFormat: (place: number) => words[place] ?? '' }),
      Plot.ruleX([0]),
    ],
  }),
);
