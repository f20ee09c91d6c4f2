import type { DataProgress } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { megabytes, whole } from './format.ts';
import { data, dataProblem, loadAll } from './data-store.ts';

/** How many of the reviews have arrived, and what to do when they don't. */
class LabData extends LiveElement {
  protected connect(signal: AbortSignal): void {
    this.child('retry').addEventListener('click', () => void loadAll(), { signal });
    this.child('reload').addEventListener('click', () => location.reload(), { signal });
    this.watch(() => this.#show());
  }

  #show(): void {
    this.child('problem').textContent = dataProblem.value;
    this.child('problem').hidden = this.child('actions').hidden = dataProblem.value === '';
    const progress = data.value;
    if (!progress) return;
    const { reviews, totalReviews, loadedBytes, totalBytes } = progress;
    const bar = this.child<HTMLProgressElement>('progress');
    bar.value = totalBytes === 0 ? 0 : loadedBytes / totalBytes;
    this.child('status').textContent =
      reviews === 0
        ? 'Loading the vocabulary and the first reviews …'
        : `${whole(reviews)} of ${whole(totalReviews)} reviews are here.`;
    this.child('detail').textContent =
      `${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB. ${remark(progress)}`;
  }
}

function remark({ waiting, fromCache, kept }: DataProgress): string {
  if (waiting) return 'You are offline. Loading goes on by itself when the connection is back.';
  if (fromCache) return 'Kept from an earlier visit.';
  if (!kept) return 'This browser refuses to keep them: the next visit loads them again.';
  return '';
}

define('lab-data', LabData);
