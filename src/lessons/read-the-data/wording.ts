import { percent, whole } from '../../components/lab/format.ts';

interface Guess {
  readonly share: number;
  readonly text: string;
}

/** The answers to a question for a share: the one that is nearest to the true share is right. */
export function guess(truth: number, guesses: readonly Guess[]) {
  const away = guesses.map(({ share }) => Math.abs(share - truth));
  const right = away.indexOf(Math.min(...away));
  return guesses.map(({ text, share }, i) => ({
    text,
    right: i === right,
    reply: i === right ? `It is ${percent(truth)}.` : share < truth ? 'It is more.' : 'It is less.',
  }));
}

/** "once", "twice" or "5 times". */
export function times(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${whole(count)} times`;
}
