import { GATES } from '../spec/recurrent.ts';
import type { RecurrentAttrs, RecurrentForwardInputs, RecurrentSizes } from '../spec/recurrent.ts';
import type * as tf from '@tensorflow/tfjs';
import type { Plane } from './backend.ts';
import type { Draws } from './draws.ts';
import type { Shader } from './shader.ts';

/**
 * The recurrent kernel with its gates side by side: texel (u, k) holds the weights from unit k of the
 * state to the gates of unit u. A bias stands below, as row `units`.
 */
export function packKernel(
  draws: Draws,
  inputs: Pick<RecurrentForwardInputs<tf.TensorInfo>, 'recurrentKernel' | 'recurrentBias'>,
  { cell }: RecurrentAttrs,
  { units }: RecurrentSizes,
): Plane {
  const { recurrentKernel, recurrentBias } = inputs;
  const packed = draws.scratch(units, units + (recurrentBias ? 1 : 0), 4);
  draws.draw(draws.program(packKernelShader(GATES[cell], recurrentBias !== undefined)), {
    target: draws.target([packed]),
    planes: {
      recurrentKernel: draws.input(recurrentKernel),
      recurrentBias: recurrentBias && draws.input(recurrentBias),
    },
    ints: { units },
  });
  return packed;
}

function packKernelShader(gates: number, biased: boolean): Shader {
  const texel = (name: string, start: string): string => {
    const values = Array.from({ length: 4 }, (_, gate) =>
      gate < gates ? `${name}At(${start} + ${gate} * units + u)` : '0.0',
    );
    return `vec4(${values.join(', ')})`;
  };
  return {
    tensors: ['recurrentKernel', ...(biased ? ['recurrentBias'] : [])],
    textures: [],
    ints: ['units'],
    outputs: 1,
    fragment: `
void main() {
  int u = int(gl_FragCoord.x);
  int k = int(gl_FragCoord.y);
  result0 = ${texel('recurrentKernel', `k * ${gates} * units`)};
  ${biased ? `if (k == units) result0 = ${texel('recurrentBias', '0')};` : ''}
}`,
  };
}
