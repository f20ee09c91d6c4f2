import {
  characterTokenizer,
  Vocabulary,
  whitespaceTokenizer,
  wordTokenizer,
} from '../../core/text/index.ts';
import type { Tokenizer } from '../../core/text/index.ts';

/** How a text is cut, as the reader sets it. */
export interface Rules {
  readonly cut: 'words' | 'spaces' | 'characters';
  readonly lower: boolean;
  /** `<br />` becomes a space. */
  readonly breaks: boolean;
  /** Each of these characters becomes a space; of words alone. */
  readonly filters: string;
}

/** A token, where it came from and the number that it gets. */
export interface NumberedToken {
  readonly text: string;
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** Times that it occurs in the text. */
  readonly count: number;
}

/** A stretch of the text: a token, by its place among the tokens, or what stands between two. */
export interface Stretch {
  readonly text: string;
  readonly token?: number;
}

export interface CutText {
  readonly tokens: readonly NumberedToken[];
  readonly stretches: readonly Stretch[];
  /** Different tokens. */
  readonly different: number;
}

/** Degrees between the hues of neighbouring ids: the golden angle keeps them apart. */
const HUE_STEP = 137.5;

/** The hue of an id, in degrees: the same number has the same colour everywhere. */
export const hueOf = (id: number): number => Math.round((id * HUE_STEP) % 360);

/**
 * Cuts a text by the rules and numbers its tokens by how common they are in it, from 4 on as in
 * Keras. The stretches, joined, are the text.
 */
export function cutText(text: string, rules: Rules): CutText {
  const found = tokenizerOf(rules).tokenize(text);
  const words = found.map((token) => token.text);
  const vocabulary = Vocabulary.fit([words]);
  const ids = vocabulary.encode(words, { startId: null });
  const tokens = found.map((token, i) => ({
    ...token,
    id: ids[i]!,
    count: vocabulary.counts[vocabulary.indexOf(token.text)]!,
  }));
  const stretches: Stretch[] = [];
  let done = 0;
  tokens.forEach(({ start, end }, token) => {
    if (start > done) stretches.push({ text: text.slice(done, start) });
    stretches.push({ text: text.slice(start, end), token });
    done = end;
  });
  if (done < text.length) stretches.push({ text: text.slice(done) });
  return { tokens, stretches, different: vocabulary.size };
}

function tokenizerOf({ cut, lower, breaks, filters }: Rules): Tokenizer {
  const options = { lower, breaks: breaks ? 'space' : 'keep' } as const;
  if (cut === 'characters') return characterTokenizer(options);
  if (cut === 'spaces') return whitespaceTokenizer(options);
  return wordTokenizer({ ...options, filters });
}

/** What the rules make of the text, in a sentence. */
export function describeCut({ tokens, different }: CutText): string {
  const count = tokens.length === 1 ? '1 token' : `${tokens.length} tokens`;
  return `${count}, ${different} different: a network would read ${tokens.length} timesteps here.`;
}

/** One token, in a sentence. */
export function describeToken({ text, id, start, end, count }: NumberedToken): string {
  const place = end - start === 1 ? `character ${start + 1}` : `characters ${start + 1} to ${end}`;
  const times = count === 1 ? 'once' : `${count} times`;
  return `“${text}” has the number ${id}. It stands at ${place}, and occurs ${times} in this text.`;
}
