import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import { defineConfig } from 'astro/config';
import { fileURLToPath } from 'node:url';
import sitemap from '@astrojs/sitemap';
import { htlWithoutInlineHandlers } from './scripts/build/htl-without-inline-handlers.ts';
import { maths } from './scripts/build/maths.ts';
import { pictures } from './scripts/build/pictures.ts';
import { precompress } from './scripts/build/precompress.ts';
import { searchIndex } from './scripts/build/search-index.ts';
import { isolationHeaders } from './scripts/serve/headers.ts';

export default defineConfig({
  // A site address (for canonical links) and a sub-path, for hosts that need them.
  site: process.env.SITE_URL,
  base: process.env.BASE_PATH ?? '/',
  outDir: process.env.OUT_DIR ?? 'dist',
  // The sitemap needs an address; what stands last packs what the others have made.
  integrations: [
    mdx(),
    process.env.SITE_URL && sitemap(),
    pictures(),
    searchIndex(),
    precompress(),
  ],
  markdown: {
    shikiConfig: { theme: 'css-variables' },
    processor: satteri({ features: { math: true }, mdastPlugins: [maths] }),
  },
  // Pages are static files in dist/client. The adapter serves them behind our own server, which
  // answers the API before any of this (src/api) and lets only GET and HEAD through.
  adapter: node({ mode: 'standalone', staticHeaders: false, bodySizeLimit: 64 * 1024 }),
  // Shared memory needs an isolated page, in dev and preview too.
  server: { headers: isolationHeaders },
  devToolbar: { enabled: false },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "base-uri 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "worker-src 'self'",
      ],
      // Cells evaluate the code a reader runs, kernels are WebAssembly, and Vega compiles expressions.
      scriptDirective: { resources: ["'self'", "'unsafe-eval'", "'wasm-unsafe-eval'"] },
      // d3 and the tfjs-vis visor set styles from script.
      styleDirective: {
        resources: [
          { resource: "'self'", kind: 'element' },
          { resource: "'unsafe-inline'", kind: 'element' },
          { resource: "'unsafe-inline'", kind: 'attribute' },
        ],
      },
    },
  },
  vite: {
    plugins: [htlWithoutInlineHandlers()],
    resolve: {
      alias: {
        typescript: fileURLToPath(
          new URL('src/notebook/engine/typescript-stub.ts', import.meta.url),
        ),
      },
    },
    // Workers use top-level await and share chunks with each other.
    worker: { format: 'es' },
    build: {
      target: 'es2024',
      // Browsers that know light-dark() themselves: rewritten, a part of a page can't have its own scheme.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // Inlined fonts would need a data: source in the policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
    },
    // The worker's dependencies are only found when it first starts: bundle them ahead in dev.
    optimizeDeps: {
      include: [
        '@tensorflow/tfjs',
        '@tensorflow/tfjs-backend-cpu',
        '@tensorflow/tfjs-backend-webgpu',
        '@preact/signals-core',
        'd3',
        'd3-array',
        'd3-color',
        'd3-format',
        'd3-interpolate',
        'd3-polygon',
        'd3-scale',
        'd3-selection',
        'd3-shape',
        'd3-zoom',
        'fflate',
        'ml-hclust',
        'ml-pca',
        '@observablehq/inputs',
        '@observablehq/notebook-kit',
        '@observablehq/plot',
        '@observablehq/runtime',
        'acorn-walk',
        'sucrase',
      ],
    },
  },
});
