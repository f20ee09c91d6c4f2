import type { ParsedSource } from '../../src/core/dataset/prepare/source.ts';

/** Something that reviews can be read from. */
export interface Input {
  readonly kind: 'imdb' | 'own';
  readonly name: string;
  readonly citation: string;
  /** Where own data lies, as the manifest records it. */
  readonly path?: string;
  /** Changes when the content changes; found without reading the content. */
  identity(): string;
  read(): ParsedSource;
}
