let h = tf.zeros([1, 3]);
const states = [];

for (const x of tf.unstack(sentence, 1)) {
  const memory = remembers ? h.matMul(U!) : tf.zeros([1, 3]);
  h = tf.tanh(x.matMul(W!).add(memory).add(b!));
  states.push(h);
}

const difference = tf.stack(states, 1).sub(expected).abs().max();
display(tf.concat(states));
display(`Largest difference to the layer: ${(await difference.data())[0]}`);
