/** What `assembly/index.ts` exports. Addresses are bytes, sizes and strides are numbers of float32. */
export interface SimdExports {
  readonly gemm: (
    m: number,
    n: number,
    k: number,
    ...matrices: [
      ...a: [address: number, stride: number, transposed: number],
      ...b: [address: number, stride: number, transposed: number],
      ...c: [address: number, stride: number],
      bias: number,
      accumulate: number,
      scratch: number,
    ]
  ) => void;
  readonly gemmScratch: () => number;
  readonly recurrentScratch: (batch: number, units: number, gates: number) => number;
  readonly forwardSimpleRnn: (block: number) => void;
  readonly forwardLstm: (block: number) => void;
  readonly forwardGru: (block: number) => void;
  readonly backwardSimpleRnn: (block: number) => void;
  readonly backwardLstm: (block: number) => void;
  readonly backwardGruAfter: (block: number) => void;
  readonly backwardGruBefore: (block: number) => void;
  readonly gatherTableRows: (
    count: number,
    indices: number,
    width: number,
    from: number,
    to: number,
  ) => void;
  readonly sumSegments: (
    count: number,
    segments: number,
    width: number,
    from: number,
    firstSegment: number,
    segmentCount: number,
    to: number,
  ) => void;
  readonly copyBlock: (
    rows: number,
    width: number,
    from: number,
    fromStride: number,
    to: number,
    toStride: number,
  ) => void;
  readonly addAll: (size: number, a: number, b: number, to: number) => void;
  readonly addArrays: (size: number, count: number, from: number, step: number, to: number) => void;
  readonly sumRows: (count: number, width: number, from: number, to: number) => void;
  readonly transposeBlock: (
    from: number,
    stride: number,
    rows: number,
    columns: number,
    to: number,
    toStride: number,
  ) => void;
  readonly sigmoidAll: (size: number, from: number, to: number) => void;
  readonly tanhAll: (size: number, from: number, to: number) => void;
  readonly adamStep: (
    size: number,
    parameter: number,
    firstMoment: number,
    secondMoment: number,
    gradient: number,
    ...rates: [alpha: number, rate1: number, rate2: number, epsilon: number]
  ) => void;
  readonly rmsPropStep: (
    size: number,
    parameter: number,
    meanSquare: number,
    gradient: number,
    ...rates: [learningRate: number, rate: number, epsilon: number]
  ) => void;
}
