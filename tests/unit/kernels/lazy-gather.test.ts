import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerUnsortedSegmentSum } from '../../../src/core/kernels/cpu/unsorted-segment-sum.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { lazyGather } from '../../../src/core/kernels/ops/lazy-gather.ts';
import type { SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import '../../../src/core/layers/index.ts';
import { integers, numbers, startSimd } from './simd-fixture.ts';

const [BATCH, STEPS, WORDS, SIZE] = [4, 6, 11, 5];

const table = () => tf.tensor2d(numbers(1, WORDS * SIZE), [WORDS, SIZE]);
const ids = () => tf.tensor2d(integers(2, BATCH * STEPS, WORDS), [BATCH, STEPS], 'int32');

let simd: SimdBackend;
beforeAll(async () => {
  registerRecurrentCpu();
  registerRecurrentGradient();
  await tf.setBackend('cpu');
  registerUnsortedSegmentSum();
  simd = await startSimd();
});

describe.each(['cpu', 'simd'])('rows that are gathered when they are read, on %s', (backend) => {
  let gathered: number[] = [];
  let restore: () => void;

  beforeAll(async () => {
    await tf.setBackend(backend);
    const kernel = tf.getKernel('GatherV2', backend);
    tf.unregisterKernel('GatherV2', backend);
    tf.registerKernel({
      ...kernel,
      kernelFunc: (call) => {
        gathered.push(tf.util.sizeFromShape((call.inputs.indices as tf.TensorInfo).shape));
        return kernel.kernelFunc(call);
      },
    });
    restore = () => {
      tf.unregisterKernel('GatherV2', backend);
      tf.registerKernel(kernel);
    };
    return () => restore();
  });

  afterEach(() => {
    gathered = [];
  });

  const memory = () => {
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    return { numTensors, numDataBuffers, numBytes, heap: simd.heap.used };
  };

  it('are those of tf.gather, and gathered once', () => {
    tf.tidy(() => {
      const expected = tf.gather(table(), ids()).dataSync<'float32'>();
      gathered = [];
      const rows = lazyGather(table(), ids());
      const flat = rows.reshape([-1]);
      expect(gathered).toEqual([]);
      expect([...rows.dataSync()]).toEqual([...expected]);
      expect([...flat.dataSync()]).toEqual([...expected]);
      // By a kernel that takes JavaScript's arrays, and by one that takes the heap's.
      expect([...rows.add(1).sub(1).dataSync()].map(Math.fround)).toHaveLength(expected.length);
      expect(rows.square().sum().dataSync()[0]).toBeCloseTo(
        expected.reduce((sum, x) => sum + x * x, 0),
        4,
      );
      expect(gathered).toEqual([BATCH * STEPS]);
    });
  });

  it('have the gradient of tf.gather', () => {
    tf.tidy(() => {
      const weights = tf.tensor(numbers(3, BATCH * STEPS * SIZE), [BATCH, STEPS, SIZE]);
      const gradient = (gather: (x: tf.Tensor2D, i: tf.Tensor2D) => tf.Tensor) =>
        tf.grad((x) =>
          gather(x as tf.Tensor2D, ids())
            .square()
            .mul(weights)
            .sum(),
        )(table());
      const expected = gradient((x, i) => tf.gather(x, i)).dataSync();
      gradient(lazyGather)
        .dataSync()
        .forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    });
  });

  it('are the rows of when they were asked for, whatever becomes of table and ids', () => {
    const before = memory();
    const variable = tf.tidy(() => tf.variable(table()));
    const words = ids();
    const expected = tf.tidy(() => tf.gather(variable, words).dataSync());
    const rows = lazyGather(variable as unknown as tf.Tensor2D, words);
    words.dispose();
    tf.tidy(() => variable.assign(tf.zeros([WORDS, SIZE])));
    expect([...rows.dataSync()]).toEqual([...expected]);
    rows.dispose();
    variable.dispose();
    expect(memory()).toEqual(before);
  });

  it('leave nothing behind, read or not', () => {
    const before = memory();
    for (const use of [() => {}, (rows: tf.Tensor) => rows.mean().dataSync()]) {
      for (let i = 0; i < 10; i++) {
        tf.tidy(() => {
          const rows = lazyGather(table(), ids());
          use(rows.reshape([-1, SIZE]));
        });
      }
    }
    expect(memory()).toEqual(before);
  });

  it('move to another backend', async () => {
    const before = memory();
    const given = table();
    const words = ids();
    const rows = lazyGather(given, words);
    const expected = tf.tidy(() => tf.gather(given, words).dataSync<'float32'>());
    const other = backend === 'cpu' ? 'simd' : 'cpu';
    await tf.setBackend(other);
    const sum = tf.tidy(() => rows.sum().dataSync()[0]);
    tf.dispose([rows, given, words]);
    await tf.setBackend(backend);
    expect(sum).toBeCloseTo(
      expected.reduce((total, x) => total + x, 0),
      4,
    );
    expect(memory()).toEqual(before);
  });

  it('are not gathered at all where a recurrent layer takes the words', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({
          inputDim: WORDS,
          outputDim: SIZE,
          inputLength: STEPS,
          maskZero: true,
        }),
        tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 3 }) as tf.RNN }),
        tf.layers.dense({ units: 1 }),
      ],
    });
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() =>
        (model.apply(ids(), { training: true }) as tf.Tensor).square().mean(),
      );
      const name = Object.keys(grads).find((key) => key.includes('embedding'));
      expect(grads[name!]!.abs().sum().dataSync()[0]).toBeGreaterThan(0);
    });
    model.dispose();
    // The distinct words, once for each direction.
    const distinct = new Set(integers(2, BATCH * STEPS, WORDS)).size;
    expect(gathered).toEqual([distinct, distinct]);
  });

  it('are gathered for a layer that reads vectors', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: WORDS, outputDim: SIZE, inputLength: STEPS }),
        tf.layers.globalAveragePooling1d({}),
      ],
    });
    tf.tidy(() => model.predict(ids()));
    model.dispose();
    expect(gathered).toEqual([BATCH * STEPS]);
  });

  it('name the layer, the word and its place if it is not in the vocabulary', () => {
    const layer = tf.layers.embedding({ inputDim: WORDS, outputDim: SIZE, name: 'words' });
    tf.tidy(() => {
      const bad = tf.tensor2d([1, 2, 3, 11], [2, 2], 'int32');
      expect(() => layer.apply(bad)).toThrow(
        'Layer "words": id 11 at row 1, timestep 1 is not in the vocabulary, 0 to 10',
      );
    });
    layer.dispose();
  });
});
