import { checkModel } from '../../core/models/settings/index.ts';
import { Pipeline } from '../../core/pipeline.ts';
import { dissectStepOf } from '../../core/pipeline/dissect-step.ts';
import type { Calls } from '../../protocol/compute.ts';
import type { DataShelf } from './data-shelf.ts';
import type { Engine } from './engine.ts';
import type { Steering } from './steering.ts';

/** What the lesson on clipping asks for. */
export class ClippingAnswers {
  readonly #data: DataShelf;
  readonly #engine: Engine;

  constructor(data: DataShelf, engine: Engine) {
    this.#data = data;
    this.#engine = engine;
  }

  async dissectStep(
    { settings, trainOn, step, ...look }: Calls['dissectStep']['request'],
    emit: (event: Calls['dissectStep']['event']) => void,
    { control, signal }: Steering,
  ): Promise<Calls['dissectStep']['result']> {
    const checked = checkModel(settings);
    const dataset = await this.#data.load(trainOn, signal, emit);
    await this.#engine.start();
    signal.throwIfAborted();
    const pipeline = new Pipeline(dataset, checked, trainOn);
    try {
      const anatomy = await dissectStepOf(pipeline, step, look, control);
      if (!anatomy) throw signal.reason;
      return anatomy;
    } finally {
      pipeline.dispose();
    }
  }
}
