import { computed, signal } from '@preact/signals-core';
import type {
  Calls,
  KnockOut,
  LayerInspection,
  ModelDescription,
  ModelRef,
  Neighbour,
  ReviewInspection,
} from '../../client/index.ts';
import { START_VIEW } from './permalink.ts';
import type { View } from './permalink.ts';

/** A model, and the review that it reads. */
export interface Subject {
  readonly model: ModelRef;
  /** How the model is called. */
  readonly name: string;
  readonly text: string;
}

/** What is known of one model and one review, and where the reader looks. */
export class Known {
  readonly subject = signal<Subject | undefined>(undefined);
  /** How the model is called that is looked into, or will be in a moment; '' for none. */
  readonly name = signal('');
  readonly description = signal<ModelDescription | undefined>(undefined);
  readonly review = signal<ReviewInspection | undefined>(undefined);
  readonly running = signal<Float32Array | undefined>(undefined);
  readonly occlusion = signal<Float32Array | undefined>(undefined);
  readonly unitReviews = signal<Calls['unitReviews']['result'] | undefined>(undefined);
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
}
