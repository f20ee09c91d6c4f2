import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSimd, SIMD_BUILDS } from '../../scripts/simd.ts';
import { startBackend } from '../../src/core/kernels/register.ts';
import type { RecurrentAttrs } from '../../src/core/kernels/spec/recurrent.ts';
import { gru } from '../../src/core/layers/gru.ts';
import '../../src/core/layers/index.ts';
import { relativeError } from '../unit/kernels/recurrent-cases.ts';
import { torchFixtures, type Plain, type TorchFixture } from './torch-fixtures.ts';
import { TOLERANCES } from './tolerances.ts';

const WEIGHTS = ['kernel', 'recurrentKernel', 'bias'] as const;

const toTensor = ({ shape, values }: Plain, dtype: tf.DataType = 'float32') =>
  tf.tensor(values, shape, dtype);

function layerOf(
  { cell, activation, recurrentActivation, resetAfter, goBackwards }: RecurrentAttrs,
  units: number,
) {
  const shared = { units, activation, goBackwards, returnSequences: true };
  if (cell === 'SimpleRNN') return tf.layers.simpleRNN(shared);
  if (cell === 'LSTM') return tf.layers.lstm({ ...shared, recurrentActivation });
  return gru({ ...shared, recurrentActivation, resetAfter });
}

/** A fixture's layers as Keras's, with its weights. */
function build(fixture: TorchFixture): tf.layers.Layer[] {
  const units = fixture.layers.map(({ h0 }) => h0.shape[1]!);
  const size = (fixture.inputs.x ?? fixture.inputs.embeddings)!.shape.at(-1)!;
  const weights = fixture.layers.map((layer) => WEIGHTS.map((name) => toTensor(layer[name])));
  if (fixture.kind === 'bidirectional') {
    const layer = tf.layers.bidirectional({
      layer: layerOf(fixture.layers[0]!.attrs, units[0]!) as tf.RNN,
      mergeMode: fixture.mergeMode ?? 'concat',
    });
    layer.build([null, null, size]);
    layer.setWeights(weights.flat());
    return [layer];
  }
  return fixture.layers.map(({ attrs }, i) => {
    const layer = layerOf(attrs, units[i]!);
    layer.build([null, null, i === 0 ? size : units[i - 1]!]);
    layer.setWeights(weights[i]!);
    return layer;
  });
}

/** Output and gradients of the input (or the embeddings), then of each layer's weights. */
function run(fixture: TorchFixture) {
  const { x, ids, embeddings } = fixture.inputs;
  const layers = build(fixture);
  const mask = toTensor(fixture.mask, 'bool');
  const given = tf.variable(toTensor((x ?? embeddings)!));
  const embedding =
    embeddings &&
    tf.layers.embedding({
      inputDim: embeddings.shape[0]!,
      outputDim: embeddings.shape[1]!,
      maskZero: true,
    });
  embedding?.build([null, null]);
  embedding?.setWeights([given]);
  const table = embedding?.trainableWeights[0]!.read() as tf.Variable | undefined;
  const variables = [
    table ?? given,
    ...layers.flatMap((layer) =>
      layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
    ),
  ];
  let output = new Float32Array();
  const lossOf = () => {
    const words = ids && toTensor(ids, 'int32');
    let h: tf.Tensor = embedding ? (embedding.call(words!, {}) as tf.Tensor) : given;
    const own = embedding ? (embedding.computeMask(words!, []) as tf.Tensor) : mask;
    fixture.layers.forEach((_layer, i) => {
      if (!layers[i]) return;
      const start = fixture.layers[i]!;
      const states = [start.h0, start.c0].filter((state) => state !== undefined);
      const initialState = fixture.kind === 'stack' ? states.map((state) => toTensor(state)) : null;
      h = layers[i].call(h, { mask: own, initialState }) as tf.Tensor;
    });
    output = h.dataSync() as Float32Array<ArrayBuffer>;
    return h.mul(toTensor(fixture.outputGradients.h)).sum() as tf.Scalar;
  };
  const { grads } = tf.variableGrads(lossOf, variables);
  const gradients = variables.map(({ name }) => grads[name]!.dataSync());
  tf.dispose([given, ...layers, ...(embedding ? [embedding] : [])] as never);
  return { output, gradients };
}

/** The loss of the others has parts that a layer's call does not give back. */
const cases = torchFixtures().filter(
  ({ outputGradients, kind, layers, inputs, mergeMode }) =>
    !outputGradients.c &&
    !outputGradients.lastC &&
    !layers.some(({ attrs }) => attrs.goBackwards && kind === 'stack') &&
    (kind === 'stack' || mergeMode !== undefined) &&
    (inputs.ids !== undefined || layers.length > 1 || kind === 'bidirectional'),
);

beforeAll(async () => {
  await buildSimd({ ifStale: true });
});

describe.each(['cpu', 'simd'] as const)('layers on the %s backend against PyTorch', (backend) => {
  beforeAll(() => startBackend(backend, (name) => readFile(SIMD_BUILDS[name])));

  it.each(cases.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    const { output, gradients } = tf.tidy(() => run(fixture) as any) as ReturnType<typeof run>;
    const tolerance = TOLERANCES[backend];
    expect(relativeError(output, fixture.outputs.h.values), 'h').toBeLessThan(tolerance);
    const { inputs, layers } = fixture.gradients;
    const wanted = [
      ['input', (inputs.x ?? inputs.embeddings)!] as const,
      ...layers.flatMap((layer, i) =>
        WEIGHTS.map((name) => [`${i} ${name}`, layer[name]] as const),
      ),
    ];
    expect(gradients).toHaveLength(wanted.length);
    wanted.forEach(([name, { values }], i) => {
      expect(relativeError(gradients[i]!, values), `gradient of ${name}`).toBeLessThan(tolerance);
    });
  });
});
