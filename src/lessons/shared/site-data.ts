import { join } from 'node:path';
import { readDataSet } from '../read-the-data/read-data.ts';

/**
 * The reviews, read once when the site is built, in its root folder. Nothing of them reaches the
 * browser by itself.
 */
export const siteData = readDataSet(join(process.cwd(), 'public/data'));
