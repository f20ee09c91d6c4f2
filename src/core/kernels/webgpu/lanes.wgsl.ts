import type { Plan } from './plan.ts';

/** WGSL of an expression of one lane, by the lane's number. */
type LaneText = (lane: number) => string;

/** Text that treats the rows of the batch in a workgroup as the components of one value. */
export interface Lanes {
  /** `Lanes` (of f32) as a WGSL type. */
  readonly alias: string;
  /** One value for all lanes, each from its own expression. */
  gather(text: LaneText): string;
  /** The same of truth values. */
  gatherBool(text: LaneText): string;
  /** Statements that store a value's lanes in an array, each at its own index. */
  scatter(array: string, index: LaneText, value: string): string;
  /** Statements, once a lane. */
  each(text: LaneText): string;
}

export function lanesOf({ lanes }: Pick<Plan, 'lanes'>): Lanes {
  const numbers = Array.from({ length: lanes }, (_, lane) => lane);
  const list = (text: LaneText): string => numbers.map(text).join(', ');
  const each = (text: LaneText): string => numbers.map(text).join('\n');
  if (lanes === 1) {
    return {
      alias: 'alias Lanes = f32;',
      gather: list,
      gatherBool: list,
      scatter: (array, index, value) => `${array}[${index(0)}] = ${value};`,
      each,
    };
  }
  return {
    alias: `alias Lanes = vec${lanes}<f32>;`,
    gather: (text) => `Lanes(${list(text)})`,
    gatherBool: (text) => `vec${lanes}<bool>(${list(text)})`,
    scatter: (array, index, value) =>
      each((lane) => `${array}[${index(lane)}] = ${value}[${lane}];`),
    each,
  };
}
