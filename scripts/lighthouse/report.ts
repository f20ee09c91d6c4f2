import type { machine } from '../measure/machine.ts';

/** What Lighthouse found on one page. */
export interface Audit {
  /** From the site's root. */
  readonly path: string;
  /** 0 to 100. */
  readonly scores: Readonly<
    Record<'performance' | 'accessibility' | 'bestPractices' | 'seo', number>
  >;
  readonly firstContentfulPaintMs: number;
  readonly largestContentfulPaintMs: number;
  readonly totalBlockingTimeMs: number;
  readonly cumulativeLayoutShift: number;
  /** Over the wire. */
  readonly bytes: number;
  /** Audits that count, and failed, besides those of performance. */
  readonly failed: readonly string[];
}

/** What `bench/results/lighthouse.json` holds. */
export interface LighthouseResult {
  readonly machine: ReturnType<typeof machine>;
  readonly chromium: string;
  /** Loads of each page; the figures are of the one of median performance. */
  readonly runs: number;
  readonly pages: readonly Audit[];
}

/** The page `docs/lighthouse.md`. */
export function lighthousePage({ machine: on, chromium, runs, pages }: LighthouseResult): string {
  const rows = pages.map(({ path, scores, ...page }) =>
    [
      `\`${path}\``,
      scores.performance,
      scores.accessibility,
      scores.bestPractices,
      scores.seo,
      `${(page.firstContentfulPaintMs / 1000).toFixed(1)} s`,
      `${(page.largestContentfulPaintMs / 1000).toFixed(1)} s`,
      `${page.totalBlockingTimeMs} ms`,
      page.cumulativeLayoutShift.toFixed(3),
      `${(page.bytes / 1000).toFixed(0)} kB`,
    ].join(' | '),
  );
  return `# Lighthouse

Made by \`npm run lighthouse\` on ${on.date}: ${on.cpu}, ${on.cores} cores, Chromium ${chromium}. The
raw figures stand in \`bench/results/lighthouse.json\`.

The production build on our own server, mobile preset (slow 4G and a processor slowed down four times,
both simulated). Each page was loaded ${runs} times; the row is the load of median performance.

| page | performance | accessibility | best practices | SEO | first paint | largest paint | blocked | shift | sent |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}
`;
}
