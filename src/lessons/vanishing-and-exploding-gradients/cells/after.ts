display(
  [1, 10, 50, 100, 200].map((steps) => ({
    words: steps,
    left: factor ** steps,
  })),
);
