import { readFileSync } from 'node:fs';
import type { RecurrentAttrs } from '../../src/core/kernels/spec/recurrent.ts';

/** A tensor as scripts/golden writes it: row-major, float64. */
export interface Plain {
  readonly shape: number[];
  readonly values: number[];
}

export type WeightName = 'kernel' | 'recurrentKernel' | 'bias' | 'h0' | 'c0';
export type Weights = Record<Exclude<WeightName, 'c0'>, Plain> & { readonly c0?: Plain };

/** What PyTorch made of some layers. See scripts/golden/recurrent.py. */
export interface TorchFixture {
  readonly name: string;
  /** A stack's layers read each other; the two of a bidirectional one read the input. */
  readonly kind: 'stack' | 'bidirectional';
  /** How a bidirectional layer puts its two together, as Keras calls it. Left out, `concat`. */
  readonly mergeMode?: 'concat' | 'sum' | 'ave' | 'mul';
  readonly inputs: { readonly x?: Plain; readonly ids?: Plain; readonly embeddings?: Plain };
  readonly mask: Plain;
  readonly layers: readonly (Weights & { readonly attrs: RecurrentAttrs })[];
  /** `lastC`: of the cell state after the step that was read last, [B, U]. */
  readonly outputGradients: { readonly h: Plain; readonly c?: Plain; readonly lastC?: Plain };
  readonly outputs: TorchFixture['outputGradients'] & {
    readonly gates?: Plain;
    readonly inner?: Plain;
  };
  readonly gradients: {
    readonly inputs: { readonly x?: Plain; readonly embeddings?: Plain };
    readonly layers: readonly Weights[];
    /** Of the states at every timestep, [B, T, U]: their own part, and what comes back through time. */
    readonly states?: { readonly h: Plain; readonly c?: Plain };
  };
}

const FILE = new URL('fixtures/recurrent.json', import.meta.url);

/** Reads the fixtures. */
export function torchFixtures(): readonly TorchFixture[] {
  return (JSON.parse(readFileSync(FILE, 'utf8')) as { fixtures: TorchFixture[] }).fixtures;
}
