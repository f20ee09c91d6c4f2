// @ts-check
/// <reference lib="webworker" />
// A static host that can't set headers leaves pages without shared memory. This service worker adds
// the headers to every response of this site (the same ones as scripts/serve/headers.ts).
const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== scope.location.origin) return;
  // A request of this kind can't be repeated by a service worker (a Chromium rule).
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  event.respondWith(isolate(request));
});

/** @param {Request} request */
async function isolate(request) {
  const response = await fetch(request);
  // Opaque redirects and errors must pass as they are.
  if (response.status === 0 || response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const empty = response.status === 204 || response.status === 304;
  return new Response(empty ? null : response.body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}
