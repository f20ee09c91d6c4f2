import { BROWSER_FLAGS, findBrowser } from '../../scripts/browser/find.ts';
import { startBrowser } from '../browser/browser.ts';
import { stepEntry } from '../context.ts';
import type { Reviews } from '../reviews.ts';
import type { GpuRunner } from './runner.ts';

/** Headless Chromium uses a graphics card only if it is told to. */
const FLAGS = [
  ...BROWSER_FLAGS.filter((flag) => !flag.includes('swiftshader')),
  '--ignore-gpu-blocklist',
  '--enable-features=Vulkan',
  '--use-angle=vulkan',
];

/** Chromium with a graphics card; otherwise what it lacks, as a sentence. */
export async function inChromium(reviews: Reviews): Promise<GpuRunner | string> {
  if (!(await findBrowser())) return 'There is no Chromium.';
  const browser = await startBrowser({}, FLAGS);
  const worker = await browser.startWorker();
  const { backends } = await worker.ask('machine', {});
  const { status, detail } = backends.find(({ backend }) => backend === 'webgpu')!;
  if (status !== 'ready') {
    await browser.close();
    return `Chromium: ${detail}`;
  }
  const plan = { layers: 'fused', backend: 'webgpu' } as const;
  const { time } = stepEntry(worker, reviews, 'ours, WebGPU', plan);
  return {
    runtime: `Chromium ${browser.version}`,
    device: detail,
    time,
    close: () => browser.close(),
  };
}
