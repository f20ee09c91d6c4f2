import { sitePath } from '../base-path.ts';

const ATTEMPTED = 'unrolled:isolation-attempted';

/**
 * On a host that can't send isolation headers, a service worker adds them; the page must then load
 * once more. It tries once a tab, so that a browser that refuses is left alone.
 */
async function isolate(): Promise<void> {
  if (crossOriginIsolated || !isSecureContext || !('serviceWorker' in navigator)) return;
  if (sessionStorage.getItem(ATTEMPTED)) return;
  sessionStorage.setItem(ATTEMPTED, 'yes');
  await navigator.serviceWorker.register(sitePath('/isolation-worker.js'));
  await navigator.serviceWorker.ready;
  location.reload();
}

// Without isolation the site works all the same, on one thread.
isolate().catch(() => {});
