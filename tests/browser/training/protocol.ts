/** All numbers of one look into a step. */
export type Look = readonly number[];

/** What the worker is asked, and what it answers. */
export interface TrainingQuestions {
  /** Saves a run to IndexedDB, and takes it up from there. */
  resume: {
    /** Losses of a run that never stopped, and of one that did. */
    readonly straight: readonly number[];
    readonly resumed: readonly number[];
    readonly listed: readonly { readonly run: string; readonly step: number }[];
    readonly bytes: number;
    readonly room: { readonly used: number; readonly limit?: number };
    readonly leftAfterRemoval: number;
  };
  /** Saves where there is no room. */
  full: { readonly errors: readonly string[]; readonly last: string; readonly kept: number };
  /** Loses the WebGL context in mid-run, and goes on without. */
  lose: {
    readonly error: string;
    readonly from: number;
    readonly backends: readonly string[];
    readonly losses: readonly number[];
    /** On WebGL. */
    readonly looks: readonly Look[];
    /** Of a run on the CPU alone. */
    readonly expected: { readonly losses: readonly number[]; readonly looks: readonly Look[] };
  };
}

export type AskTraining = <Kind extends keyof TrainingQuestions>(
  kind: Kind,
  question: Record<never, never>,
) => Promise<TrainingQuestions[Kind]>;
