const table = tf.randomNormal([6, 4], 0, 1, 'float32', 1);
const hot = tf.oneHot(tf.tensor1d([3], 'int32'), 6).toFloat();

display(table);
display(hot);
display(tf.matMul(hot, table));
display(tf.gather(table, [3]));
