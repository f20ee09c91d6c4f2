const words = [
  [0.5, -1, 2],
  [1, 0, -0.5],
];
const layer = tf.layers.lstm({ units: 2, recurrentActivation: 'sigmoid' });
const fromLayer = layer.apply(tf.tensor3d([words]));
const [kernel, recurrentKernel, bias] = layer.getWeights();

let h = tf.zeros([1, 2]);
let c = tf.zeros([1, 2]);
for (const word of words) {
  const sums = tf
    .tensor2d([word])
    .matMul(kernel!)
    .add(h.matMul(recurrentKernel!))
    .add(bias!);
  const [i, f, g, o] = tf.split(sums, 4, 1);
  c = tf.add(f!.sigmoid().mul(c), i!.sigmoid().mul(g!.tanh()));
  h = o!.sigmoid().mul(c.tanh());
}

display(h);
display(fromLayer);
