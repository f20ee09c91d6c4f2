import type { Random } from '../../random.ts';

/** The reviews to choose from, with the columns they index. */
export interface Pool {
  /** Indices of the reviews, in source order. */
  readonly members: readonly number[];
  /** 0 or 1 for every review of the source. */
  readonly labels: ArrayLike<number>;
  /** Number of every review's text: equal texts, equal numbers. */
  readonly groups: ArrayLike<number>;
}

/** Data that cannot be split so that both classes stand on both sides. */
export class SplitError extends Error {
  override readonly name = 'SplitError';
}

/** Blocks of one hundredth of the pool: 250 reviews for the 25,000 of IMDB's training half. */
const BLOCKS = 100;
const ATTEMPTS = 200;

/** Blocks that share a text, directly or through others: they stay on one side. */
interface Component {
  readonly members: number[];
  /** Reviews per class. */
  readonly size: [number, number];
}

/**
 * Holds out about `share` of the pool, the same share of each class, as whole blocks of reviews that
 * follow each other in the source. Neighbouring reviews tend to be of the same film, so a held-out
 * set drawn review by review would share most of its films with the rest and be too easy. Blocks
 * that share a text are kept together, so no held-out text occurs in the rest either.
 *
 * Takes the best of 200 random choices, the first exact one if there is one. Data too small or too
 * uneven for blocks of one hundredth is cut into finer blocks.
 *
 * @param share between 0 and 1.
 * @returns the held-out reviews, in source order.
 * @throws SplitError when no choice leaves both classes on both sides.
 */
export function holdOut(pool: Pool, share: number, random: Random): number[] {
  const { members, labels } = pool;
  const total = classSizes(members, labels);
  const wanted = total.map((size) => Math.max(1, Math.round(size * share))) as [number, number];
  for (let blocks = BLOCKS; ; blocks *= 2) {
    const count = Math.min(blocks, members.length);
    const chosen = choose(joinBlocks(pool, count), wanted, random);
    const held = classSizes(chosen, labels);
    if (held.every((size, label) => size > 0 && size < total[label]!)) {
      return chosen.sort((a, b) => a - b);
    }
    if (count === members.length) {
      throw new SplitError(
        `${members.length} reviews (${total[0]} negative, ${total[1]} positive) cannot be split ` +
          'so that both classes stand on both sides and no text stands on both.',
      );
    }
  }
}

function classSizes(members: readonly number[], labels: ArrayLike<number>): [number, number] {
  const positive = members.reduce((sum, member) => sum + labels[member]!, 0);
  return [members.length - positive, positive];
}

/** Cuts the pool into `count` blocks and joins those that share a text (union–find). */
function joinBlocks({ members, labels, groups }: Pool, count: number): Component[] {
  const parent = Array.from({ length: count }, (_, block) => block);
  const find = (block: number): number => {
    let root = block;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  const blockOf = (i: number): number => Math.floor((i * count) / members.length);

  const firstBlock = new Map<number, number>();
  members.forEach((member, i) => {
    const group = groups[member]!;
    const first = firstBlock.get(group);
    if (first === undefined) firstBlock.set(group, blockOf(i));
    else parent[find(blockOf(i))] = find(first);
  });

  const components = new Map<number, Component>();
  members.forEach((member, i) => {
    const root = find(blockOf(i));
    const component: Component = components.get(root) ?? { members: [], size: [0, 0] };
    component.members.push(member);
    component.size[labels[member] === 0 ? 0 : 1]++;
    components.set(root, component);
  });
  return [...components.values()];
}

/** Takes components in random order while they bring both classes nearer to what is wanted. */
function choose(components: Component[], wanted: [number, number], random: Random): number[] {
  // Relative to what is wanted, so that a rare class weighs as much as a frequent one.
  const distance = (size: [number, number]): number =>
    Math.abs(size[0] - wanted[0]) / wanted[0] + Math.abs(size[1] - wanted[1]) / wanted[1];

  let best: Component[] = [];
  let bestDistance = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && bestDistance > 0; attempt++) {
    const taken: Component[] = [];
    let size: [number, number] = [0, 0];
    for (const component of random.shuffle([...components])) {
      const next: [number, number] = [size[0] + component.size[0], size[1] + component.size[1]];
      if (distance(next) >= distance(size)) continue;
      taken.push(component);
      size = next;
    }
    if (distance(size) < bestDistance) {
      best = taken;
      bestDistance = distance(size);
    }
  }
  return best.flatMap((component) => component.members);
}
