import { signal } from '@preact/signals-core';
import { compute } from '../../client/index.ts';
import type { StoredModel } from '../../client/index.ts';
import { askedModel } from './asked-model.ts';

/** Set once a model was kept: without it nobody asks, and no tensor code is loaded for it. */
const FLAG = 'unrolled-kept-models';

export const keptModels = signal<readonly StoredModel[]>([]);

/** Whether an earlier visit has kept a model. */
export function mayHaveKept(): boolean {
  try {
    return localStorage.getItem(FLAG) !== null;
  } catch {
    return false;
  }
}

export async function listKept(): Promise<void> {
  keptModels.value = await compute.call('keptModels', {});
}

export async function keep(name: string): Promise<void> {
  keptModels.value = await compute.call('keepModel', { name });
  try {
    localStorage.setItem(FLAG, '1');
  } catch {
    // Then the next visit lists it after its first call.
  }
}

export async function removeKept(name: string): Promise<void> {
  keptModels.value = await compute.call('removeKept', { name });
}

export async function openKept(name: string): Promise<void> {
  await compute.call('openKept', { name });
  askedModel.value = { kind: 'opened', name };
}

export async function openFile(file: File): Promise<void> {
  await compute.call('openModel', { zip: new Uint8Array(await file.arrayBuffer()) });
  askedModel.value = { kind: 'opened', name: file.name };
}

export async function packModel(): Promise<Blob> {
  const { zip } = await compute.call('packModel', {});
  return new Blob([zip as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
