import * as tf from '@tensorflow/tfjs';
import { isOnCpu } from './on-cpu.ts';

/** What tfjs's CPU backend, and ours beside it, keep of a tensor. */
interface Entry {
  readonly values: tf.backend_util.TypedArray;
  readonly dtype: tf.DataType;
  /** Tensors that share the values. The backend counts here. */
  refCount: number;
}

interface CpuBackend extends tf.KernelBackend {
  readonly data: {
    get(dataId: object): Entry;
    set(dataId: object, entry: Entry): void;
    delete(dataId: object): void;
  };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
}

/**
 * Rows of a table by number, as `tf.gather` gives them. On the backends that keep their tensors in the
 * CPU's memory they are gathered when a kernel first reads them: a recurrent layer takes the words
 * themselves, and then no one does.
 *
 * @param table float32 [V, E]
 * @param ids int32 [B, T]
 * @returns [B, T, E]
 */
export function lazyGather(table: tf.Tensor2D, ids: tf.Tensor2D): tf.Tensor3D {
  if (!isOnCpu()) return tf.gather(table, ids) as unknown as tf.Tensor3D;
  const [rows, width] = table.shape;
  const gather = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([ids]);
    const backend = tf.backend() as CpuBackend;
    const shape = [...ids.shape, width];
    const info = backend.makeTensorInfo(shape, 'float32', new Float32Array(0));
    backend.data.delete(info.dataId);
    backend.data.set(info.dataId, new LazyRows(info.dataId, x as tf.Tensor, ids));
    return {
      value: tf.engine().makeTensorFromTensorInfo(info, backend),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
        tf.unsortedSegmentSum(dy.reshape([-1, width]), saved!.flatten() as tf.Tensor1D, rows),
    };
  });
  return gather(table) as tf.Tensor3D;
}

/** Stands for the values until they are read, and for what they are made of. */
class LazyRows implements Entry {
  readonly dtype = 'float32';
  readonly #dataId: object;
  readonly #backendName = tf.getBackend();
  readonly #backend = tf.backend() as CpuBackend;
  /** Of our own, so that the values are those of now whatever becomes of the caller's. */
  readonly #table: tf.Tensor;
  readonly #ids: tf.Tensor;
  #refCount = 1;

  constructor(dataId: object, table: tf.Tensor, ids: tf.Tensor) {
    this.#dataId = dataId;
    this.#table = tf.keep(table.clone());
    this.#ids = tf.keep(ids.clone());
  }

  get refCount(): number {
    return this.#refCount;
  }

  set refCount(count: number) {
    this.#refCount = count;
    if (count === 0) this.#release();
  }

  /** Gathers them, and puts them in this one's place. */
  get values(): tf.backend_util.TypedArray {
    const { data } = this.#backend;
    const current = data.get(this.#dataId);
    if (current !== this) return current.values;
    const { kernelFunc } = tf.getKernel('GatherV2', this.#backendName)!;
    const { dataId } = kernelFunc({
      inputs: { x: this.#table, indices: this.#ids },
      attrs: { axis: 0, batchDims: 0 },
      backend: this.#backend,
    }) as tf.TensorInfo;
    const entry = data.get(dataId);
    data.delete(dataId);
    data.delete(this.#dataId);
    entry.refCount = this.#refCount;
    data.set(this.#dataId, entry);
    this.#release();
    return entry.values;
  }

  #release(): void {
    tf.dispose([this.#table, this.#ids]);
  }
}
