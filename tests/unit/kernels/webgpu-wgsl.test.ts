import { describe, expect, it } from 'vitest';
import type { RecurrentAttrs } from '../../../src/core/kernels/spec/recurrent.ts';
import { backwardShader } from '../../../src/core/kernels/webgpu/backward.wgsl.ts';
import { columnSumShader } from '../../../src/core/kernels/webgpu/column-sum.wgsl.ts';
import { forwardShader } from '../../../src/core/kernels/webgpu/forward.wgsl.ts';
import { gateBlocks } from '../../../src/core/kernels/webgpu/kernel-gradient-plan.ts';
import { kernelGradientShader } from '../../../src/core/kernels/webgpu/kernel-gradient.wgsl.ts';
import { matMulShader } from '../../../src/core/kernels/webgpu/mat-mul.wgsl.ts';
import { planRecurrent } from '../../../src/core/kernels/webgpu/plan.ts';
import type { Plan } from '../../../src/core/kernels/webgpu/plan.ts';
import {
  joinShader,
  linkShader,
  segmentSumShader,
} from '../../../src/core/kernels/webgpu/segment-sum.wgsl.ts';
import { indent } from '../../../src/core/kernels/webgpu/shader.ts';
import type { Shader } from '../../../src/core/kernels/webgpu/shader.ts';
import { sumRunsShader } from '../../../src/core/kernels/webgpu/sum-runs.wgsl.ts';
import { transposeShader } from '../../../src/core/kernels/webgpu/transpose.wgsl.ts';
import { ALL_ATTRS, titleOf } from './recurrent-cases.ts';

/** What every WebGPU device has at least. */
const LIMITS = {
  maxComputeWorkgroupStorageSize: 16_384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
};
const MOST_STORAGE_BUFFERS = 8;

const planOf = ({ cell }: RecurrentAttrs, units: number): Plan =>
  planRecurrent('test', cell, units, 32, LIMITS);

const CELLS = ALL_ATTRS.filter(
  ({ activation, recurrentActivation, goBackwards }) =>
    activation === 'tanh' && recurrentActivation === 'sigmoid' && !goBackwards,
);
const LSTM = CELLS.find(({ cell }) => cell === 'LSTM')!;

const expectSnapshot = (name: string, { code }: Shader) =>
  expect(indent(code())).toMatchFileSnapshot(`webgpu-wgsl/${name}.wgsl`);

describe('The text of the shaders', () => {
  for (const attrs of CELLS) {
    const name = titleOf(attrs)
      .toLowerCase()
      .replaceAll(/ (tanh|sigmoid)/g, '')
      .replaceAll(' ', '-');
    const plan = planOf(attrs, 3);

    it(`is the reviewed one for ${name}`, async () => {
      await expectSnapshot(
        `${name}-forward`,
        forwardShader({ plan, attrs, masked: false, dropped: false, withRows: false }),
      );
      await expectSnapshot(
        `${name}-backward`,
        backwardShader({ plan, attrs, masked: false, dropped: false }),
      );
      for (const block of gateBlocks(attrs)) {
        await expectSnapshot(
          `${name}-kernel-gradient-${block.fromGate}`,
          kernelGradientShader(attrs, plan.units, block, false),
        );
      }
    });
  }

  it('is the reviewed one for a large LSTM with every option', async () => {
    const attrs: RecurrentAttrs = {
      ...LSTM,
      activation: 'relu',
      recurrentActivation: 'hardSigmoid',
      goBackwards: true,
    };
    const plan = planOf(attrs, 256);
    await expectSnapshot(
      'lstm-large-forward',
      forwardShader({ plan, attrs, masked: true, dropped: true, withRows: true }),
    );
    await expectSnapshot(
      'lstm-large-backward',
      backwardShader({ plan, attrs, masked: true, dropped: true }),
    );
  });

  it('is the reviewed one for what is no cell', async () => {
    await expectSnapshot('segment-link', linkShader(false));
    await expectSnapshot('segment-link-masked', linkShader(true));
    await expectSnapshot('segment-join', joinShader);
    await expectSnapshot('segment-sum', segmentSumShader('segment'));
    await expectSnapshot('segment-sum-by-position', segmentSumShader('position'));
    for (const transposed of ['none', 'left', 'right'] as const) {
      const biased = transposed === 'none';
      await expectSnapshot(`mat-mul-${transposed}`, matMulShader({ transposed, biased }));
    }
    await expectSnapshot('sum-runs', sumRunsShader);
    await expectSnapshot('column-sum', columnSumShader);
    await expectSnapshot('transpose', transposeShader);
  });
});

describe('A shader', () => {
  const OPTIONS = [false, true].flatMap((masked) =>
    [false, true].map((dropped) => ({ masked, dropped })),
  );
  const everyShader = ALL_ATTRS.flatMap((attrs) =>
    OPTIONS.flatMap((options) =>
      [4, 100].flatMap((units): Shader[] => {
        const plan = planOf(attrs, units);
        return [
          forwardShader({ plan, attrs, ...options, withRows: false }),
          forwardShader({ plan, attrs, ...options, withRows: true }),
          backwardShader({ plan, attrs, ...options }),
          ...gateBlocks(attrs).map((block) =>
            kernelGradientShader(attrs, units, block, options.dropped),
          ),
        ];
      }),
    ),
  );

  it('binds no more storage buffers than WebGPU promises', () => {
    const greedy = everyShader.filter(({ buffers }) => buffers.length > MOST_STORAGE_BUFFERS);
    expect(greedy.map(({ label }) => label)).toEqual([]);
  });

  it('uses every buffer that it binds, or its layout would lack one', () => {
    const unused = everyShader.flatMap(({ label, buffers, code }) => {
      const text = code();
      return buffers
        .filter((name) => !text.includes(`${name}[`))
        .map((name) => `${label}: ${name}`);
    });
    expect(unused).toEqual([]);
  });

  it('has a label of its own for each text', () => {
    const texts = new Map<string, string>();
    for (const { label, code } of everyShader) {
      expect(texts.get(label) ?? code(), label).toBe(code());
      texts.set(label, code());
    }
    expect(texts.size).toBeGreaterThan(ALL_ATTRS.length);
  });

  it('is the same for attributes that carry more than its own', () => {
    const plan = planOf(LSTM, 4);
    const more = { ...LSTM, onStateGradients: () => {} };
    const { label } = backwardShader({ plan, attrs: LSTM, masked: false, dropped: false });
    expect(backwardShader({ plan, attrs: more, masked: false, dropped: false }).label).toBe(label);
  });
});
