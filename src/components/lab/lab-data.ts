import { define, LiveElement } from '../live-element.ts';
import { megabytes, whole } from './format.ts';
import { data, dataProblem, loadAll } from './lab-store.ts';

/** How many of the reviews have arrived, and what to do when they don't. */
class LabData extends LiveElement {
  protected connect(signal: AbortSignal): void {
    this.part('retry').addEventListener('click', () => void loadAll(), { signal });
    this.part('reload').addEventListener('click', () => location.reload(), { signal });
    this.watch(() => this.#show());
  }

  #show(): void {
    this.part('problem').textContent = dataProblem.value;
    this.part('problem').hidden = this.part('actions').hidden = dataProblem.value === '';
    const progress = data.value;
    if (!progress) return;
    const { reviews, totalReviews, loadedBytes, totalBytes, fromCache, waiting } = progress;
    const bar = this.part<HTMLProgressElement>('progress');
    bar.value = totalBytes === 0 ? 0 : loadedBytes / totalBytes;
    this.part('status').textContent =
      reviews === 0
        ? 'Loading the vocabulary and the first reviews …'
        : `${whole(reviews)} of ${whole(totalReviews)} reviews are here.`;
    this.part('detail').textContent = waiting
      ? 'You are offline. Loading goes on by itself when the connection is back.'
      : `${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB${fromCache ? ', kept from an earlier visit' : ''}`;
  }
}

define('lab-data', LabData);
