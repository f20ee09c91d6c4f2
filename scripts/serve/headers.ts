/**
 * Headers that make every page cross-origin isolated, so that workers can share memory.
 * `public/isolation-worker.js` adds the same ones on hosts that send none.
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What our own server sends with every response. */
export const serverHeaders = {
  ...isolationHeaders,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
