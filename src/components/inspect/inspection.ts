import { batch, computed, signal } from '@preact/signals-core';
import type {
  Calls,
  KnockOut,
  LayerInspection,
  ModelDescription,
  ModelRef,
  Neighbour,
  ReviewInspection,
} from '../../client/index.ts';
import { messageOf } from '../lab/format.ts';
import { Asking, isStopped } from './asking.ts';
import { START_VIEW } from './permalink.ts';
import type { View } from './permalink.ts';

/** A model, and the review that it reads. */
export interface Subject {
  readonly model: ModelRef;
  /** How the model is called. */
  readonly name: string;
  readonly text: string;
}

type UnitReviews = Calls['unitReviews']['result'];

/** Reviews of each kind that are shown of a unit. */
const UNIT_REVIEWS = 5;
const NEIGHBOURS = 10;

/** What is known of one model and one review, and how to ask for more. */
export class Inspection {
  readonly subject = signal<Subject | undefined>(undefined);
  readonly description = signal<ModelDescription | undefined>(undefined);
  readonly review = signal<ReviewInspection | undefined>(undefined);
  readonly running = signal<Float32Array | undefined>(undefined);
  readonly occlusion = signal<Float32Array | undefined>(undefined);
  readonly unitReviews = signal<UnitReviews | undefined>(undefined);
  readonly knockOut = signal<KnockOut | undefined>(undefined);
  readonly neighbours = signal<
    | { readonly word: string; readonly found: readonly Neighbour[]; readonly problem: string }
    | undefined
  >(undefined);
  /** What is worked out now, in a few words; '' for nothing. */
  readonly busy = signal('');
  readonly problem = signal('');

  readonly view = signal<View>(START_VIEW);
  /** The timestep up to which the path is read, from 0. */
  readonly step = signal(0);

  /** The layer that is looked at: the first one, if the view names none that there is. */
  readonly layer = computed<LayerInspection | undefined>(() => {
    const layers = this.review.value?.layers ?? [];
    return layers.find(({ name }) => name === this.view.value.layer) ?? layers[0];
  });
  /** Whether there is a memory to look into, rather than a sum that is written as a layer. */
  readonly hasStates = computed(() => (this.review.value?.layers ?? []).some(({ adds }) => !adds));
  /** The unit that is looked at, from 0. */
  readonly unit = computed(() =>
    Math.min(this.view.value.unit, Math.max(0, (this.layer.value?.units ?? 1) - 1)),
  );

  readonly #asking = new Asking((words) => (this.busy.value = words));
  /** A late answer must not replace a newer one. */
  #latest = 0;

  /** Reads a review with a model; what was under way is given up. What is shown stays until then. */
  async show(subject: Subject): Promise<void> {
    this.stop();
    const asked = ++this.#latest;
    const { model, text } = subject;
    const isNew = () => asked === this.#latest;
    batch(() => {
      this.subject.value = subject;
      this.problem.value = '';
      this.busy.value = 'Reading the review';
    });
    try {
      const description = await this.#asking.ask('describeModel', { model });
      if (!isNew()) return;
      const review = await this.#asking.ask('inspectReview', { model, text });
      if (!isNew()) return;
      batch(() => {
        const moved = this.review.value?.timesteps.length !== review.timesteps.length;
        this.description.value = description;
        this.review.value = review;
        this.running.value = this.occlusion.value = undefined;
        this.unitReviews.value = this.knockOut.value = undefined;
        if (moved) this.step.value = review.timesteps.length - 1;
      });
      const running = await this.#asking.follow(
        'runningLogits',
        { model, text },
        'The verdict after each word',
      );
      if (!isNew()) return;
      this.running.value = running;
      const occlusion = await this.#asking.follow(
        'occlusion',
        { model, text },
        'Hiding one word after the other',
      );
      if (isNew()) this.occlusion.value = occlusion;
    } catch (error) {
      if (isNew()) this.problem.value = messageOf(error);
    } finally {
      if (isNew()) this.busy.value = '';
    }
  }

  /** Looks elsewhere; what is known of another unit is forgotten. */
  look(change: Partial<View>): void {
    batch(() => {
      const before = [this.layer.value?.name, this.unit.value].join();
      this.view.value = { ...this.view.value, ...change };
      if ([this.layer.value?.name, this.unit.value].join() === before) return;
      this.unitReviews.value = this.knockOut.value = undefined;
    });
  }

  findUnitReviews(): Promise<void> {
    return this.#ofUnit(async (model, layer, unit) => {
      const asked = { model, layer, unit, count: UNIT_REVIEWS };
      return [
        this.unitReviews,
        await this.#asking.follow('unitReviews', asked, 'Reading validation reviews'),
      ];
    });
  }

  knockOutUnit(): Promise<void> {
    return this.#ofUnit(async (model, layer, unit) => {
      const asked = { model, layer, units: [unit] };
      return [
        this.knockOut,
        await this.#asking.follow('knockOut', asked, 'Judging validation reviews twice'),
      ];
    });
  }

  async findNeighbours(word: string): Promise<void> {
    const subject = this.subject.value;
    if (!subject || word === '') return;
    const show = (found: readonly Neighbour[], problem: string): void => {
      if (this.subject.value === subject) this.neighbours.value = { word, found, problem };
    };
    try {
      const { model } = subject;
      show(await this.#asking.ask('neighbours', { model, word, count: NEIGHBOURS }), '');
    } catch (error) {
      if (!isStopped(error)) show([], messageOf(error));
    }
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#asking.stop();
  }

  async #ofUnit<T>(
    question: (
      model: ModelRef,
      layer: string,
      unit: number,
    ) => Promise<readonly [{ value: T | undefined }, T]>,
  ): Promise<void> {
    const [subject, layer, unit] = [this.subject.value, this.layer.value?.name, this.unit.value];
    if (!subject || layer === undefined) return;
    try {
      this.problem.value = '';
      const [place, answer] = await question(subject.model, layer, unit);
      const same =
        subject === this.subject.value &&
        layer === this.layer.value?.name &&
        unit === this.unit.value;
      if (same) place.value = answer;
    } catch (error) {
      if (!isStopped(error)) this.problem.value = messageOf(error);
    } finally {
      this.busy.value = '';
    }
  }
}
