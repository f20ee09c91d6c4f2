const sentence = view(
  Inputs.text({
    label: 'Sentence',
    value: 'A dull story, but wonderful actors and a great end.',
    submit: true,
  }),
);
const logit = (probability: number) =>
  Math.log(probability / (1 - probability));
