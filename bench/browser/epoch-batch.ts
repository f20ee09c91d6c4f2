import type { StepBatch, StepShape } from '../../src/core/benchmark/shape.ts';

/** Fetches an epoch's reviews from the server, and gives its batches by their index. */
export async function epochBatch({
  batch,
  steps,
}: StepShape): Promise<(index: number) => StepBatch> {
  const [ids, labels] = await Promise.all(['/ids', '/labels'].map(bytesOf));
  const words = new Uint16Array(ids!);
  const truths = new Uint8Array(labels!);
  return (index) => ({
    ids: Int32Array.from(words.subarray(index * batch * steps, (index + 1) * batch * steps)),
    labels: Float32Array.from(truths.subarray(index * batch, (index + 1) * batch)),
  });
}

const bytesOf = async (url: string): Promise<ArrayBuffer> => (await fetch(url)).arrayBuffer();
