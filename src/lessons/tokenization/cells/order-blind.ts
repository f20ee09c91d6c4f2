const verdicts =
  progress.state === 'finished'
    ? await Promise.all(pair.map((sentence) => predict(model, sentence)))
    : [];

display(pair.map((sentence, i) => ({ sentence, 'positive?': verdicts[i] })));
