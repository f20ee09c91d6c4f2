import {
  GATES,
  RECURRENT_BACKWARD,
  RECURRENT_FORWARD,
  type RecurrentAttrs,
  type RecurrentBackwardAttrs,
  type RecurrentBackwardInputs,
  type RecurrentForwardInputs,
  type RecurrentSizes,
} from './recurrent-contract.ts';

/** An input of a kernel does not fit: the message names the kernel, the input, its value and limit. */
export class KernelShapeError extends Error {
  override readonly name = 'KernelShapeError';
  readonly kernel: string;
  readonly input: string;

  constructor(kernel: string, input: string, problem: string) {
    super(`${kernel}: ${input} ${problem}`);
    this.kernel = kernel;
    this.input = input;
  }
}

/** Anything with a shape: a tensor, a TensorInfo, a plain object. */
interface Shaped {
  readonly shape: readonly number[];
}

/**
 * Checks the shapes of {@link RECURRENT_FORWARD}'s inputs against each other and the cell.
 *
 * @returns the sizes that they agree on
 * @throws KernelShapeError naming the input, the shape it has and the one it needs
 */
export function checkForward(
  inputs: RecurrentForwardInputs<Shaped>,
  attrs: RecurrentAttrs,
): RecurrentSizes {
  const { shape } = inputs.projections;
  const projectionRows = shape[0] ?? 0;
  const batch = inputs.h0.shape[0] ?? 0;
  const steps = inputs.rows
    ? (inputs.rows.shape[1] ?? 0)
    : Math.floor(projectionRows / Math.max(batch, 1));
  const sizes = sizesOf(RECURRENT_FORWARD, inputs, attrs, { batch, steps, projectionRows });
  // Without rows, the batch has to divide the projections.
  const rows = inputs.rows ? projectionRows : batch * steps;
  expectShape(RECURRENT_FORWARD, 'projections', inputs.projections, [rows, sizes.width]);
  checkShared(RECURRENT_FORWARD, inputs, attrs, sizes);
  return sizes;
}

/**
 * Checks the shapes of {@link RECURRENT_BACKWARD}'s inputs against each other and the cell.
 *
 * @returns the sizes that they agree on
 * @throws KernelShapeError naming the input, the shape it has and the one it needs
 */
export function checkBackward(
  inputs: RecurrentBackwardInputs<Shaped>,
  attrs: RecurrentBackwardAttrs,
): RecurrentSizes {
  const kernel = RECURRENT_BACKWARD;
  const [batch = 0, steps = 0] = inputs.dh.shape;
  const sizes = sizesOf(kernel, inputs, attrs, {
    batch,
    steps,
    projectionRows: attrs.projectionRows,
  });
  const { cell, resetAfter } = attrs;
  const states = [batch, steps, sizes.units];
  const empty = [0];
  if (!inputs.rows && attrs.projectionRows !== batch * steps) {
    throw new KernelShapeError(
      kernel,
      'projectionRows',
      `is ${attrs.projectionRows}, must be ${batch * steps} (batch × timesteps) without rows`,
    );
  }
  checkShared(kernel, inputs, attrs, sizes);
  expectShape(kernel, 'dh', inputs.dh, states);
  if (inputs.dc) expectShape(kernel, 'dc', inputs.dc, cell === 'LSTM' ? states : empty);
  expectShape(kernel, 'h', inputs.h, states);
  expectShape(kernel, 'c', inputs.c, cell === 'LSTM' ? states : empty);
  const gates = cell === 'SimpleRNN' ? empty : [batch, steps, sizes.width];
  expectShape(kernel, 'gates', inputs.gates, gates);
  expectShape(kernel, 'inner', inputs.inner, cell === 'GRU' && resetAfter ? states : empty);
  return sizes;
}

/**
 * Checks that every timestep reads a row of the projections that exists. For kernels that have the
 * values at hand, on the CPU.
 *
 * @throws KernelShapeError naming the first row that does not exist, and where it stands
 */
export function checkRows(kernel: string, rows: ArrayLike<number>, projectionRows: number): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (!(row >= 0 && row < projectionRows)) {
      throw new KernelShapeError(
        kernel,
        'rows',
        `has ${row} at index ${i}, must be from 0 to ${projectionRows - 1}`,
      );
    }
  }
}

type Shared<T> = Pick<
  RecurrentForwardInputs<T>,
  'rows' | 'recurrentKernel' | 'recurrentBias' | 'h0' | 'c0' | 'mask' | 'recurrentDropout'
>;

function sizesOf(
  kernel: string,
  inputs: Shared<Shaped>,
  { cell }: RecurrentAttrs,
  known: Pick<RecurrentSizes, 'batch' | 'steps' | 'projectionRows'>,
): RecurrentSizes {
  if (!Object.hasOwn(GATES, cell)) {
    const kinds = Object.keys(GATES).join(', ');
    throw new KernelShapeError(kernel, 'cell', `is ${cell}, must be one of ${kinds}`);
  }
  const units = inputs.recurrentKernel.shape[0] ?? 0;
  for (const [name, value] of Object.entries({ ...known, units })) {
    if (!(value >= 1)) throw new KernelShapeError(kernel, name, `is ${value}, must be at least 1`);
  }
  return { ...known, units, width: GATES[cell] * units };
}

function checkShared(
  kernel: string,
  inputs: Shared<Shaped>,
  { cell, resetAfter }: RecurrentAttrs,
  { batch, steps, units, width }: RecurrentSizes,
): void {
  expectShape(kernel, 'recurrentKernel', inputs.recurrentKernel, [units, width]);
  expectShape(kernel, 'h0', inputs.h0, [batch, units]);
  if (inputs.rows) expectShape(kernel, 'rows', inputs.rows, [batch, steps]);
  if (inputs.mask) expectShape(kernel, 'mask', inputs.mask, [batch, steps]);
  const { recurrentDropout } = inputs;
  if (recurrentDropout) expectShape(kernel, 'recurrentDropout', recurrentDropout, [batch, units]);
  expectFor(kernel, 'c0', inputs.c0, cell === 'LSTM' ? [batch, units] : undefined);
  const biased = cell === 'GRU' && resetAfter;
  expectFor(kernel, 'recurrentBias', inputs.recurrentBias, biased ? [width] : undefined);
}

/** `wanted` undefined: the cell does not take this input. */
function expectFor(
  kernel: string,
  name: string,
  input: Shaped | undefined,
  wanted: readonly number[] | undefined,
): void {
  if (wanted) {
    if (!input) throw new KernelShapeError(kernel, name, `is missing, must be [${wanted}]`);
    expectShape(kernel, name, input, wanted);
  } else if (input) {
    throw new KernelShapeError(kernel, name, `is [${input.shape}], but this cell takes none`);
  }
}

function expectShape(
  kernel: string,
  name: string,
  { shape }: Shaped,
  wanted: readonly number[],
): void {
  if (shape.length !== wanted.length || shape.some((size, axis) => size !== wanted[axis])) {
    throw new KernelShapeError(kernel, name, `is [${shape}], must be [${wanted}]`);
  }
}
