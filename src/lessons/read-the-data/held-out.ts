import type { Split } from '../../core/dataset/types.ts';

/** How the validation reviews lie among the training reviews. */
export interface HeldOut {
  /** Share of the training half that is held out. */
  readonly share: number;
  /** Length of the shortest stretch of held-out rows. */
  readonly shortestBlock: number;
  /** Share of the held-out reviews with a training review right before or after them. */
  readonly touching: number;
  /** The same share, to be expected if reviews were drawn one by one. */
  readonly touchingIfDrawn: number;
}

/** @param splits of the training half, in source order; `train` and `validation` only. */
export function describeHeldOut(splits: readonly Split[]): HeldOut {
  const held = splits.map((split) => split === 'validation');
  const count = held.filter(Boolean).length;
  const touching = held.filter(
    (isHeld, i) => isHeld && (held[i - 1] === false || held[i + 1] === false),
  ).length;
  const share = count / held.length;
  return {
    share,
    shortestBlock: Math.min(...blocksOf(held)),
    touching: touching / count,
    touchingIfDrawn: 1 - share ** 2,
  };
}

function blocksOf(held: readonly boolean[]): number[] {
  const blocks: number[] = [];
  held.forEach((isHeld, i) => {
    if (!isHeld) return;
    if (held[i - 1]) blocks[blocks.length - 1]! += 1;
    else blocks.push(1);
  });
  return blocks;
}
