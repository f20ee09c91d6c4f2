import type { Token } from './types.ts';

/** A token and the timesteps it stands for: `from` up to but not including `to`. */
export interface TokenRun {
  readonly token: Token;
  readonly from: number;
  readonly to: number;
}

/** Timesteps of padding that follow each other become one; all else stands for itself. */
export function gatherTokens(tokens: readonly Token[]): TokenRun[] {
  const runs: TokenRun[] = [];
  tokens.forEach((token, step) => {
    const last = runs.at(-1);
    const joins =
      token.kind === 'pad' && last?.token.kind === 'pad' && last.token.value === token.value;
    if (joins) runs[runs.length - 1] = { ...last, to: step + 1 };
    else runs.push({ token, from: step, to: step + 1 });
  });
  return runs;
}
