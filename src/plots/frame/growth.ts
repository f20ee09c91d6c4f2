/** How the height of a picture grows with its width: a share of it, between two limits in px. */
export interface Growth {
  readonly least: number;
  readonly share: number;
  readonly most: number;
}

/** The kinds whose height follows their width. */
export const GROWTH = {
  line: { least: 200, share: 0.55, most: 320 },
  distribution: { least: 190, share: 0.5, most: 280 },
  scatter: { least: 260, share: 0.7, most: 420 },
} satisfies Readonly<Record<string, Growth>>;

/** The height, in px, at a width in px. */
export const grown =
  ({ least, share, most }: Growth) =>
  (width: number): number =>
    Math.max(least, Math.min(most, width * share));
