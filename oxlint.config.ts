import { defineConfig } from 'oxlint';
import { layerRules, layerSettings } from './tests/architecture/layers.ts';

const PLUGINS = ['eslint', 'typescript', 'unicorn', 'import', 'promise', 'oxc'] as const;

const NO_THREAD =
  'Only src/client starts workers, and src/workers/kernel-threads.ts those that help it compute.';

export default defineConfig({
  plugins: [...PLUGINS],
  jsPlugins: ['eslint-plugin-boundaries'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  options: { denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: [
    'node_modules/**',
    'dist/**',
    '.astro/**',
    'public/data/**',
    'test-results/**',
    'playwright-report/**',
    // Broken on purpose: tests/architecture/layers.test.ts judges them.
    'tests/architecture/fixtures/**',
    // AssemblyScript: its types and decorators are not TypeScript's.
    '{src/core/kernels/simd,bench}/assembly/**',
  ],
  settings: layerSettings,
  rules: {
    'boundaries/dependencies': ['error', layerRules],
    'boundaries/no-unknown-files': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],

    'array-callback-return': 'error',
    eqeqeq: 'error',
    'max-lines': ['error', { max: 200 }],
    'no-case-declarations': 'error',
    'no-constructor-return': 'error',
    'no-else-return': 'error',
    'no-fallthrough': 'error',
    'no-redeclare': 'error',
    'no-self-compare': 'error',
    'no-throw-literal': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_$', varsIgnorePattern: '^_$' }],
    'no-var': 'error',
    'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
    'prefer-const': 'error',
    'import/no-duplicates': 'error',
    'import/no-mutable-exports': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-namespace': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'unicorn/prefer-node-protocol': 'error',
    'unicorn/throw-new-error': 'error',

    // Batches, retries and files wait for each other on purpose.
    'no-await-in-loop': 'off',
    // `tf.x` is how the library's documentation names things.
    'import/no-named-as-default-member': 'off',
    // Styles, fonts and custom elements are imported for what they do.
    'import/no-unassigned-import': 'off',
    // The lists that get sorted or spread here are fresh and short.
    'unicorn/no-array-sort': 'off',
    'oxc/no-map-spread': 'off',
    // A small helper reads best beside its only use.
    'unicorn/consistent-function-scoping': 'off',
    // Ports between threads have one listener, and no origin.
    'unicorn/prefer-add-event-listener': 'off',
    'unicorn/require-post-message-target-origin': 'off',
    'promise/always-return': 'off',
  },
  overrides: [
    {
      files: ['src/**'],
      rules: {
        'no-console': 'error',
        'no-restricted-globals': [
          'error',
          { name: 'Worker', message: NO_THREAD },
          { name: 'SharedWorker', message: NO_THREAD },
        ],
        'no-restricted-properties': [
          'error',
          ...['globalThis', 'self', 'window'].flatMap((object) =>
            ['Worker', 'SharedWorker'].map((property) => ({
              object,
              property,
              message: NO_THREAD,
            })),
          ),
        ],
      },
    },
    {
      // Other cells read what a cell defines.
      files: ['src/lessons/*/cells/**'],
      rules: { 'no-unused-vars': 'off' },
    },
    {
      // The one place that evaluates code: the reader's own.
      files: ['src/notebook/engine/evaluate.ts'],
      rules: { 'no-eval': 'off' },
    },
    {
      files: ['src/client/**', 'src/workers/kernel-threads.ts'],
      rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
    },
    {
      files: ['src/{components,layouts}/**/*.astro'],
      rules: { 'unicorn/filename-case': ['error', { case: 'pascalCase' }] },
    },
    {
      files: ['tests/**'],
      plugins: [...PLUGINS, 'vitest'],
      rules: {
        'max-lines': 'off',
        // Malformed input is made by hand, and bytes are grouped by field.
        'typescript/no-explicit-any': 'off',
        'unicorn/no-useless-spread': 'off',
        'vitest/no-commented-out-tests': 'error',
        'vitest/no-identical-title': 'error',
        'vitest/no-import-node-test': 'error',
        'vitest/valid-describe-callback': 'error',
        'vitest/valid-title': 'error',
      },
    },
    {
      files: ['tests/{unit,architecture}/**'],
      plugins: [...PLUGINS, 'vitest'],
      rules: {
        'vitest/no-disabled-tests': 'error',
        'vitest/no-focused-tests': 'error',
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
      },
    },
    {
      files: ['tests/browser/**'],
      rules: {
        'no-restricted-properties': [
          'error',
          { object: 'test', property: 'only', message: 'Run every test.' },
        ],
      },
    },
  ],
});
