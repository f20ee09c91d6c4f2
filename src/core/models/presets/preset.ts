import type { ModelSettings } from '../settings/index.ts';

/** A system that readers know from elsewhere, or one of ours, as data. */
export interface Preset {
  /** Its name in commands, files and permalinks. */
  readonly name: string;
  readonly title: string;
  /** One sentence: what it is, and why it is here. */
  readonly summary: string;
  readonly settings: ModelSettings;
}
