import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSimd, SIMD_BUILDS } from '../../scripts/simd.ts';
import { distinctRows } from '../../src/core/kernels/ops/distinct-rows.ts';
import type { RecurrentInput } from '../../src/core/kernels/ops/project.ts';
import { recurrent } from '../../src/core/kernels/ops/recurrent.ts';
import { startBackend } from '../../src/core/kernels/register.ts';
import { relativeError } from '../unit/kernels/recurrent-cases.ts';
import { TOLERANCES } from './tolerances.ts';
import { torchFixtures, type Plain, type TorchFixture } from './torch-fixtures.ts';

beforeAll(async () => {
  await buildSimd({ ifStale: true });
});

const toTensor = ({ shape, values }: Plain, dtype: tf.DataType = 'float32') =>
  tf.tensor(values, shape, dtype);

/** How words get into the op: by their ids, or by the distinct ones. */
type Route = 'ids' | 'distinct';

function inputOf({ inputs }: TorchFixture, given: tf.Tensor, route: Route): RecurrentInput {
  if (!inputs.ids) return { x: given as tf.Tensor3D };
  const embeddings = given as tf.Tensor2D;
  if (route === 'ids') return { ids: toTensor(inputs.ids, 'int32') as tf.Tensor2D, embeddings };
  const found = distinctRows(Int32Array.from(inputs.ids.values), embeddings.shape[0]);
  return {
    distinct: tf.tensor1d(found.distinct, 'int32'),
    rows: tf.tensor2d(found.rows, inputs.ids.shape as [number, number], 'int32'),
    embeddings,
  };
}

/** All layers of a fixture, from its input and weights to a loss that has its output gradients. */
function runAll(fixture: TorchFixture, route: Route) {
  const outputs: Record<string, Float32Array> = {};
  const states: Record<string, Float32Array> = {};
  const names: string[] = ['input'];
  const given = [toTensor((fixture.inputs.x ?? fixture.inputs.embeddings)!)];
  const WEIGHTS = ['kernel', 'recurrentKernel', 'bias', 'h0', 'c0'] as const;
  fixture.layers.forEach((layer, index) => {
    for (const name of WEIGHTS) {
      if (!layer[name]) continue;
      names.push(`${index} ${name}`);
      given.push(toTensor(layer[name]));
    }
  });

  const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
    const named = new Map(names.map((name, i) => [name, tensors[i]!]));
    const mask = toTensor(fixture.mask, 'int32') as tf.Tensor2D;
    let input = inputOf(fixture, tensors[0]!, route);
    const results = fixture.layers.map(({ attrs }, index) => {
      const weight = (name: string) => named.get(`${index} ${name}`);
      const result = recurrent({
        input,
        kernel: weight('kernel') as tf.Tensor2D,
        recurrentKernel: weight('recurrentKernel') as tf.Tensor2D,
        bias: weight('bias'),
        h0: weight('h0') as tf.Tensor2D,
        c0: weight('c0') as tf.Tensor2D | undefined,
        mask,
        attrs,
        returnCell: true,
        returnGates: true,
        onStateGradients: ({ dh, dc }) => {
          states.h = dh.dataSync<'float32'>();
          if (dc) states.c = dc.dataSync<'float32'>();
        },
      });
      if (fixture.kind === 'stack') input = { x: result.h };
      return { attrs, ...result };
    });
    const last = results.at(-1)!;
    const h =
      fixture.kind === 'stack'
        ? last.h
        : tf.concat(
            results.map((result) => result.h),
            -1,
          );
    const step = last.attrs.goBackwards ? 0 : h.shape[1]! - 1;
    const lastC = last.c && tf.gather(last.c, [step], 1).squeeze([1]);
    const made = { ...last, h, lastC };
    const parts: tf.Tensor[] = [];
    for (const name of ['h', 'c', 'gates', 'inner', 'lastC'] as const) {
      if (!fixture.outputs[name]) continue;
      outputs[name] = made[name]!.dataSync<'float32'>();
      const gradient =
        name === 'gates' || name === 'inner' ? undefined : fixture.outputGradients[name];
      if (gradient) parts.push(tf.sum(tf.mul(made[name]!, toTensor(gradient))));
    }
    return tf.addN(parts) as tf.Scalar;
  };
  const gradients = tf
    .grads(loss)(given)
    .map((gradient) => gradient.dataSync());
  return { outputs, states, gradients: new Map(names.map((name, i) => [name, gradients[i]!])) };
}

const cases = torchFixtures()
  // Other ways to put two directions together are the layer's.
  .filter(({ mergeMode }) => !mergeMode)
  .flatMap((fixture) =>
    (fixture.inputs.ids ? (['ids', 'distinct'] as const) : (['ids'] as const)).map(
      (route) =>
        [
          fixture.inputs.ids ? `${fixture.name} by ${route}` : fixture.name,
          fixture,
          route,
        ] as const,
    ),
  );

describe.each(['cpu', 'simd'] as const)('the op on the %s backend against PyTorch', (backend) => {
  const tolerance = TOLERANCES[backend];

  beforeAll(() => startBackend(backend, (name) => readFile(SIMD_BUILDS[name])));

  it.each(cases)('%s', (_, fixture, route) => {
    const { outputs, states, gradients } = tf.tidy(
      () => runAll(fixture, route) as any,
    ) as ReturnType<typeof runAll>;
    for (const [name, { values }] of Object.entries(fixture.outputs)) {
      expect(relativeError(outputs[name]!, values), name).toBeLessThan(tolerance);
    }
    for (const [name, { values }] of Object.entries(fixture.gradients.states ?? {})) {
      const error = relativeError(states[name]!, values);
      expect(error, `gradient of every ${name}`).toBeLessThan(tolerance);
    }
    const { inputs, layers } = fixture.gradients;
    const wanted = { input: (inputs.x ?? inputs.embeddings)! };
    const all = Object.assign(
      wanted,
      ...layers.map((layer, index) =>
        Object.fromEntries(
          Object.entries(layer).map(([name, plain]) => [`${index} ${name}`, plain]),
        ),
      ),
    ) as Record<string, Plain>;
    expect([...gradients.keys()].toSorted()).toEqual(Object.keys(all).toSorted());
    for (const [name, { values }] of Object.entries(all)) {
      const error = relativeError(gradients.get(name)!, values);
      expect(error, `gradient of ${name}`).toBeLessThan(tolerance);
    }
  });
});
