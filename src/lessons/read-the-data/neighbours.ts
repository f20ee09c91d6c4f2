export interface SharingOptions {
  /** A word is rare when it occurs in at least two reviews and in no more than this. */
  readonly mostReviews: number;
  /** How many places apart the compared reviews stand. */
  readonly distances: readonly number[];
}

/**
 * How often two reviews that stand some places apart have a rare word in common, such as the name of
 * an actor.
 *
 * @param runs reviews in source order, each as the ranks of its words; only reviews of the same run
 * are compared.
 * @returns for each distance, the share of the pairs that share at least one rare word; 0 where there
 * are no pairs.
 */
export function rareWordSharing(
  runs: readonly (readonly Uint32Array[])[],
  { mostReviews, distances }: SharingOptions,
): number[] {
  const wanted = new Map(distances.map((distance, i) => [distance, i]));
  const runOf = runs.flatMap((run, index) => run.map(() => index));
  // A pair may share several rare words, but counts once.
  const pairs = distances.map(() => new Set<number>());
  for (const places of rarePlaces(runs.flat(), mostReviews)) {
    places.forEach((first, i) => {
      for (const second of places.slice(i + 1)) {
        const at = wanted.get(second - first);
        if (at !== undefined && runOf[first] === runOf[second]) pairs[at]!.add(first);
      }
    });
  }
  return distances.map((distance, i) => {
    const possible = runs.reduce((sum, run) => sum + Math.max(0, run.length - distance), 0);
    return pairs[i]!.size / Math.max(1, possible);
  });
}

/** For each rare word, the reviews it occurs in, in order. */
function rarePlaces(documents: readonly Uint32Array[], most: number): number[][] {
  const places = new Map<number, number[]>();
  documents.forEach((document, place) => {
    for (const word of new Set(document)) {
      const known = places.get(word);
      // One more than `most` is enough to know that a word is not rare.
      if (!known) places.set(word, [place]);
      else if (known.length <= most) known.push(place);
    }
  });
  return [...places.values()].filter(({ length }) => length >= 2 && length <= most);
}
