/** The contract of the recurrent kernels: what every backend registers, and its checks. */
export * from './recurrent-contract.ts';
export { checkBackward, checkForward, checkRows, KernelShapeError } from './check-recurrent.ts';
