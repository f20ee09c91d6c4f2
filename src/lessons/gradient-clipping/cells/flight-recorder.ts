const failure = runs.model('unclipped').failure;

if (failure) {
  const { variables, steps } = failure.record;
  display(failure.message);
  display(
    Inputs.table(
      steps.slice(-6).map(({ step, loss, gradientNorms }) => ({
        step,
        loss,
        ...Object.fromEntries(
          variables.map((name, i) => [name.split('/')[1], gradientNorms[i]]),
        ),
      })),
    ),
  );
} else {
  display('Nothing has gone wrong yet.');
}
