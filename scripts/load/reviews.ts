import { openBuiltData } from '../built-data.ts';

/** The first words of real reviews of the test set that have as many. */
export async function realReviews(words: number): Promise<string[]> {
  const dataset = await openBuiltData();
  await dataset.loadStarter();
  const reviews: string[] = [];
  for (const row of dataset.table('test').rows) {
    const text = await dataset.text(dataset.positionOf(row)!);
    const parts = text.split(/\s+/);
    if (parts.length >= words) reviews.push(parts.slice(0, words).join(' '));
  }
  return reviews;
}
