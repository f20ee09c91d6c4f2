import { batch } from '@preact/signals-core';
import type { ModelRef, Neighbour } from '../../client/index.ts';
import { messageOf } from '../lab/format.ts';
import { Asking, isStopped } from './asking.ts';
import { fetchLook } from './first-look.ts';
import { Known } from './known.ts';
import type { Subject } from './known.ts';
import type { View } from './permalink.ts';

/** Reviews of each kind that are shown of a unit. */
const UNIT_REVIEWS = 5;
const NEIGHBOURS = 10;

/** A look into one model while it reads one review: what is known, and how to ask for more. */
export class Inspection extends Known {
  readonly #asking = new Asking((words) => (this.busy.value = words));
  /** A late answer must not replace a newer one. */
  #latest = 0;
  /** Asks once more what was asked last. */
  #again = async (): Promise<void> => {};
  #opening: Promise<void> | undefined;

  /** Takes over what was worked out when the site was built, unless something else is asked for. */
  open(url: string): Promise<void> {
    return (this.#opening ??= this.#takeFirst(url));
  }

  /** Says that a model will read a review that is still on its way. */
  announce(name: string): void {
    this.stop();
    this.#latest++;
    batch(() => {
      this.name.value = name;
      this.problem.value = '';
      this.busy.value = navigator.onLine
        ? 'Fetching the review'
        : 'You are offline: the review comes by itself when you are connected again';
    });
  }

  /** Reads a review with a model; what was under way is given up. What is shown stays until then. */
  async show(subject: Subject): Promise<void> {
    this.stop();
    const asked = ++this.#latest;
    const { model, name, text } = subject;
    const isNew = () => asked === this.#latest;
    this.#again = () => this.show(subject);
    batch(() => {
      this.subject.value = subject;
      this.name.value = name;
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
      if (isNew() && !isStopped(error)) this.problem.value = messageOf(error);
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

  /** Asks once more, after a problem. */
  retry(): Promise<void> {
    return this.#again();
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#asking.stop();
  }

  async #takeFirst(url: string): Promise<void> {
    this.#again = () => this.#takeFirst(url);
    this.problem.value = '';
    try {
      const first = await fetchLook(url);
      if (this.subject.value) return;
      batch(() => {
        this.subject.value = first.subject;
        this.name.value = first.subject.name;
        this.review.value = first.review;
        this.running.value = first.running;
        this.occlusion.value = first.occlusion;
        this.step.value = first.review.timesteps.length - 1;
      });
    } catch (error) {
      if (!this.subject.value) this.problem.value = messageOf(error);
    }
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
    this.#again = () => this.#ofUnit(question);
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
