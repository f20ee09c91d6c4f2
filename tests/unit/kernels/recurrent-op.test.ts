import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerUnsortedSegmentSum } from '../../../src/core/kernels/cpu/unsorted-segment-sum.ts';
import {
  registerRecurrentGradient,
  type StateGradients,
} from '../../../src/core/kernels/gradients/recurrent.ts';
import { distinctRows } from '../../../src/core/kernels/ops/distinct-rows.ts';
import { recurrent, type RecurrentArguments } from '../../../src/core/kernels/ops/recurrent.ts';
import {
  KernelShapeError,
  type CellKind,
  type RecurrentAttrs,
} from '../../../src/core/kernels/spec/recurrent.ts';
import { createRandom } from '../../../src/core/random.ts';
import { relativeError } from './recurrent-cases.ts';

const [BATCH, STEPS, SIZE, UNITS, WORDS] = [3, 5, 4, 3, 6];
const GATE_COUNT = { SimpleRNN: 1, LSTM: 4, GRU: 3 };

const attrsOf = (cell: CellKind, resetAfter = false): RecurrentAttrs => ({
  cell,
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  resetAfter,
  goBackwards: false,
});
const CELLS = [attrsOf('SimpleRNN'), attrsOf('LSTM'), attrsOf('GRU'), attrsOf('GRU', true)];
const titled = CELLS.map(
  (attrs) => [`${attrs.cell} ${attrs.resetAfter ? 'reset after' : ''}`, attrs] as const,
);

beforeAll(async () => {
  registerRecurrentCpu();
  registerUnsortedSegmentSum();
  registerRecurrentGradient();
  await tf.setBackend('cpu');
});

afterEach(() => tf.disposeVariables());

function randomTensor<R extends tf.Rank>(shape: number[], seed: number): tf.Tensor<R> {
  const random = createRandom(seed);
  const values = Float32Array.from(
    { length: shape.reduce((a, b) => a * b, 1) },
    () => random.next() - 0.5,
  );
  return tf.tensor(values, shape as tf.ShapeMap[R]);
}

const IDS = Int32Array.of(1, 2, 1, 0, 0, 3, 3, 3, 1, 0, 5, 4, 2, 1, 5);
const ids = () => tf.tensor2d(IDS, [BATCH, STEPS], 'int32');
const mask = () => tf.notEqual(ids(), 0) as tf.Tensor2D;

function weightsOf({ cell, resetAfter }: RecurrentAttrs) {
  const width = GATE_COUNT[cell] * UNITS;
  return {
    kernel: randomTensor<tf.Rank.R2>([SIZE, width], 1),
    recurrentKernel: randomTensor<tf.Rank.R2>([UNITS, width], 2),
    bias: randomTensor(resetAfter ? [2, width] : [width], 3),
  };
}

describe('distinctRows', () => {
  it('finds each id again, and no id twice', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 })), (list) => {
        const { distinct, rows } = distinctRows(Int32Array.from(list), 31);
        expect([...rows].map((row) => distinct[row])).toEqual(list);
        expect(new Set(distinct).size).toBe(distinct.length);
        expect(distinct.length).toBe(new Set(list).size);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('keeps the order of first appearance', () => {
    const { distinct, rows } = distinctRows(Int32Array.of(7, 3, 7, 0), 10);
    expect([...distinct]).toEqual([7, 3, 0]);
    expect([...rows]).toEqual([0, 1, 0, 2]);
  });

  it.each([10, -1])('names an id outside of the vocabulary: %i', (id) => {
    const find = () => distinctRows(Int32Array.of(0, id), 10);
    expect(find).toThrow(RangeError);
    expect(find).toThrow(`id ${id} at index 1 is not in the vocabulary, 0 to 9`);
  });
});

describe('words', () => {
  it.each(titled)('by ids, by distinct ids and as vectors give the same: %s', (_, attrs) => {
    tf.tidy(() => {
      const { kernel, recurrentKernel, bias } = weightsOf(attrs);
      const embeddings = randomTensor<tf.Rank.R2>([WORDS, SIZE], 4);
      const weigh = randomTensor([BATCH, STEPS, UNITS], 5);
      const found = distinctRows(IDS, WORDS);
      const routes = {
        vectors: (table: tf.Tensor2D) => ({ x: tf.gather(table, ids()) as unknown as tf.Tensor3D }),
        ids: (table: tf.Tensor2D) => ({ ids: ids(), embeddings: table }),
        distinct: (table: tf.Tensor2D) => ({
          distinct: tf.tensor1d(found.distinct, 'int32'),
          rows: tf.tensor2d(found.rows, [BATCH, STEPS], 'int32'),
          embeddings: table,
        }),
      };
      const results = Object.entries(routes).map(([name, route]) => {
        const loss = (table: tf.Tensor, ...rest: tf.Tensor[]) => {
          const { h } = recurrent({
            input: route(table as tf.Tensor2D),
            kernel: rest[0] as tf.Tensor2D,
            recurrentKernel: rest[1] as tf.Tensor2D,
            bias: rest[2],
            mask: mask(),
            attrs,
          });
          return tf.sum(tf.mul(h, weigh));
        };
        const given = [embeddings, kernel, recurrentKernel, bias];
        const { value, grads } = tf.valueAndGrads(loss)(given);
        return { name, values: [value, ...grads].map((tensor) => tensor.dataSync()) };
      });
      const [vectors, ...others] = results;
      for (const { name, values } of others) {
        ['loss', 'embeddings', 'kernel', 'recurrent kernel', 'bias'].forEach((what, i) => {
          const error = relativeError(values[i]!, vectors!.values[i]!);
          expect(error, `${what} by ${name}`).toBeLessThan(1e-6);
        });
      }
    });
  });

  it('are not read where reading them would stop the backend', () => {
    // A backend that keeps its tensors elsewhere: the cpu's kernels under another name.
    tf.registerBackend('elsewhere', tf.findBackendFactory('cpu'));
    tf.copyRegisteredKernels('cpu', 'elsewhere');
    const attrs = attrsOf('LSTM');
    const run = (words: number) => {
      const { kernel, recurrentKernel, bias } = weightsOf(attrs);
      const embeddings = randomTensor<tf.Rank.R2>([words, SIZE], 4);
      const given = ids();
      const forbidden = () => {
        throw new Error('read');
      };
      Object.assign(given, { dataSync: tf.getBackend() === 'cpu' ? given.dataSync : forbidden });
      return recurrent({ input: { ids: given, embeddings }, kernel, recurrentKernel, bias, attrs });
    };
    // Fewer words than timesteps, and more.
    for (const words of [WORDS, 40]) {
      tf.setBackend('cpu');
      const expected = run(words).h.dataSync();
      tf.setBackend('elsewhere');
      const error = relativeError(run(words).h.dataSync(), expected);
      expect(error, `${words} words`).toBeLessThan(1e-6);
    }
    tf.setBackend('cpu');
    tf.removeBackend('elsewhere');
  });
});

describe('results', () => {
  const input = () => ({ x: randomTensor<tf.Rank.R3>([BATCH, STEPS, SIZE], 6) });

  it.each(titled)('leaves out what was not asked for: %s', (_, attrs) => {
    tf.tidy(() => {
      const { h, ...rest } = recurrent({ input: input(), ...weightsOf(attrs), attrs });
      expect(h.shape).toEqual([BATCH, STEPS, UNITS]);
      expect(Object.values(rest)).toEqual([undefined, undefined, undefined]);
    });
  });

  it.each(titled)('gives what the cell has: %s', (_, attrs) => {
    tf.tidy(() => {
      const result = recurrent({
        input: input(),
        ...weightsOf(attrs),
        attrs,
        returnCell: true,
        returnGates: true,
      });
      const states = [BATCH, STEPS, UNITS];
      const { cell, resetAfter } = attrs;
      const gates = [BATCH, STEPS, GATE_COUNT[cell] * UNITS];
      expect(result.c?.shape).toEqual(cell === 'LSTM' ? states : undefined);
      expect(result.gates?.shape).toEqual(cell === 'SimpleRNN' ? undefined : gates);
      expect(result.inner?.shape).toEqual(resetAfter ? states : undefined);
    });
  });

  it.each(titled)('no bias and no first state count as zeros: %s', (_, attrs) => {
    tf.tidy(() => {
      const { kernel, recurrentKernel, bias } = weightsOf(attrs);
      const state = () => tf.zeros<tf.Rank.R2>([BATCH, UNITS]);
      const bare = recurrent({ input: input(), kernel, recurrentKernel, attrs });
      const spelled = recurrent({
        input: input(),
        kernel,
        recurrentKernel,
        bias: tf.zerosLike(bias),
        h0: state(),
        c0: attrs.cell === 'LSTM' ? state() : undefined,
        mask: tf.onesLike(mask()),
        attrs,
      });
      expect(bare.h.dataSync()).toEqual(spelled.h.dataSync());
    });
  });
});

describe('gradients of the states', () => {
  it.each(titled)('reach the observer once a backward pass: %s', (_, attrs) => {
    tf.tidy(() => {
      const seen: { dh: number[]; dc: number[] | undefined }[] = [];
      const x = randomTensor<tf.Rank.R3>([BATCH, STEPS, SIZE], 6);
      const onStateGradients = ({ dh, dc }: StateGradients) => {
        expect(dh.shape).toEqual([BATCH, STEPS, UNITS]);
        seen.push({ dh: [...dh.dataSync()], dc: dc && [...dc.dataSync()] });
      };
      const last = (given: tf.Tensor) =>
        tf.sum(
          tf.gather(
            recurrent({
              input: { x: given as tf.Tensor3D },
              ...weightsOf(attrs),
              attrs,
              onStateGradients,
            }).h,
            [STEPS - 1],
            1,
          ),
        );
      tf.grad(last)(x);
      expect(seen).toHaveLength(1);
      const { dh, dc } = seen[0]!;
      const ofLast = dh.filter((_value, i) => Math.floor(i / UNITS) % STEPS === STEPS - 1);
      expect(
        ofLast.every((value) => value === 1),
        'of the last state: 1',
      ).toBe(true);
      expect(
        dh.every((value) => value !== 0),
        'reaches every step',
      ).toBe(true);
      expect(dc?.length).toBe(attrs.cell === 'LSTM' ? dh.length : undefined);
    });
  });
});

describe('memory', () => {
  it.each(titled)('100 calls with gradients leave no tensor behind: %s', (_, attrs) => {
    const step = () =>
      tf.tidy(() => {
        const { kernel, recurrentKernel, bias } = weightsOf(attrs);
        const embeddings = randomTensor<tf.Rank.R2>([WORDS, SIZE], 4);
        const loss = (...given: tf.Tensor[]) => {
          const { h, c } = recurrent({
            input: { ids: ids(), embeddings: given[0] as tf.Tensor2D },
            kernel: given[1] as tf.Tensor2D,
            recurrentKernel: given[2] as tf.Tensor2D,
            bias: given[3],
            mask: mask(),
            attrs,
            returnCell: true,
            returnGates: true,
          });
          return tf.sum(tf.addN([h, ...(c ? [c] : [])]));
        };
        tf.grads(loss)([embeddings, kernel, recurrentKernel, bias]);
      });
    step();
    const before = tf.memory();
    for (let i = 0; i < 100; i++) step();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    expect(tf.memory().numBytes).toBe(before.numBytes);
  });

  it.each(titled)('outside of a tidy, only the results are left: %s', (_, attrs) => {
    const given = weightsOf(attrs);
    const x = randomTensor<tf.Rank.R3>([BATCH, STEPS, SIZE], 6);
    const before = tf.memory();
    const result = recurrent({
      input: { x },
      ...given,
      attrs,
      returnCell: true,
      returnGates: true,
    });
    const made = Object.values(result).filter((tensor) => tensor !== undefined);
    expect(tf.memory().numTensors - before.numTensors).toBe(made.length);
    tf.dispose(made);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    tf.dispose([x, ...Object.values(given)]);
  });
});

describe('bad input', () => {
  const attrs = attrsOf('LSTM');
  const good = (): RecurrentArguments => ({
    input: { x: randomTensor<tf.Rank.R3>([BATCH, STEPS, SIZE], 6) },
    ...weightsOf(attrs),
    attrs,
  });

  it.each<[string, () => Partial<RecurrentArguments>, string]>([
    [
      'a sequence without timesteps',
      () => ({ input: { x: tf.zeros([2, 0, SIZE]) } }),
      'x is [2,0,4]',
    ],
    ['an empty batch', () => ({ input: { x: tf.zeros([0, 2, SIZE]) } }), 'x is [0,2,4]'],
    [
      'another input size',
      () => ({ input: { x: tf.zeros([2, 2, 5]) } }),
      'kernel is [4,12], must be [5,12]',
    ],
    ['another bias', () => ({ bias: tf.zeros([2, 12]) }), 'bias is [2,12], must be [12]'],
    ['another first state', () => ({ h0: tf.zeros([1, UNITS]) }), 'h0 is [1,3], must be [3,3]'],
    [
      'another mask',
      () => ({ mask: tf.ones([BATCH, 1], 'int32') }),
      'mask is [3,1], must be [3,5]',
    ],
  ])('refuses %s', (_, change, message) => {
    tf.tidy(() => {
      const run = () => recurrent({ ...good(), ...change() });
      expect(run).toThrow(KernelShapeError);
      expect(run).toThrow(message);
    });
  });

  it('refuses rows that do not exist', () => {
    tf.tidy(() => {
      const input = {
        distinct: tf.tensor1d([1, 2], 'int32'),
        rows: tf.tensor2d([0, 1, 2], [1, 3], 'int32'),
        embeddings: randomTensor<tf.Rank.R2>([WORDS, SIZE], 4),
      };
      const run = () => recurrent({ ...good(), input });
      expect(run).toThrow(KernelShapeError);
      expect(run).toThrow('rows has 2 at index 2, must be from 0 to 1');
    });
  });
});
