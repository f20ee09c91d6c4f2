/**
 * Writes `docs/results.md` and the README's table of results from `results/*.json`.
 *
 *   npm run results
 */
import { writeResultPages } from './results/write.ts';

await writeResultPages();
