/**
 * The layers of the code and what each may import: the one table behind the linter's
 * `boundaries/*` rules. Imports go one way, so every layer stands below the ones it uses.
 */
interface Layer {
  /** Globs from the root. A file belongs to the first layer that matches. */
  readonly files: readonly string[];
  /** Layers that it may import, besides itself. */
  readonly uses?: readonly string[];
  /** Layers of which it may import types alone. */
  readonly types?: readonly string[];
  /** Packages that it may import. */
  readonly packages?: readonly string[];
  /** Whether it runs in Node and may import `node:*`. */
  readonly node?: true;
}

const TENSORS = ['@tensorflow/tfjs', '@tensorflow/tfjs-!(vis)'];
const ASTRO = ['astro', 'astro:*'];
const NOTEBOOK = [
  '@tensorflow/tfjs-vis',
  '@observablehq/*',
  '@codemirror/*',
  '@lezer/highlight',
  '@preact/signals-core',
  'acorn',
  'acorn-walk',
  'd3',
  'sucrase',
];
const ANY_PACKAGE = ['**'];

const WORDS = ['random', 'yield', 'text'];
const BACKENDS = ['kernel-cpu', 'kernel-simd', 'kernel-webgl', 'kernel-webgpu'];
const KERNELS = ['kernel-spec', ...BACKENDS, 'kernel-gradients', 'kernels'];
const LAYERS = [...WORDS, ...KERNELS, 'layers'];
const MODELS = [...LAYERS, 'settings', 'models'];
const CORE = [...MODELS, 'dataset', 'training', 'inspect', 'benchmark', 'pipeline'];

const backend = (name: string): Layer => ({
  files: [`src/core/kernels/${name}/**`],
  uses: [...WORDS, 'kernel-spec'],
  packages: TENSORS,
});

const LAYER_TABLE: Readonly<Record<string, Layer>> = {
  random: { files: ['src/core/random.ts'] },
  yield: { files: ['src/core/yield-to-events.ts'] },
  text: { files: ['src/core/text/**'], uses: ['random'] },
  dataset: { files: ['src/core/dataset/**'], uses: WORDS },
  'kernel-spec': {
    files: ['src/core/kernels/spec*', 'src/core/kernels/spec/**'],
    uses: WORDS,
    packages: TENSORS,
  },
  'kernel-cpu': backend('cpu'),
  'kernel-simd': backend('simd'),
  'kernel-webgl': backend('webgl'),
  'kernel-webgpu': backend('webgpu'),
  'kernel-gradients': {
    files: ['src/core/kernels/gradients*', 'src/core/kernels/gradients/**'],
    uses: [...WORDS, 'kernel-spec', ...BACKENDS],
    packages: TENSORS,
  },
  kernels: {
    files: ['src/core/kernels/**'],
    uses: [...WORDS, 'kernel-spec', ...BACKENDS, 'kernel-gradients'],
    packages: TENSORS,
  },
  layers: { files: ['src/core/layers/**'], uses: [...WORDS, ...KERNELS], packages: TENSORS },
  // Pure values that the page loads too: no tensors, and nothing that could bring them along.
  settings: { files: ['src/core/models/{settings,presets}/**'] },
  models: {
    files: ['src/core/models/**'],
    uses: [...LAYERS, 'settings'],
    packages: [...TENSORS, 'fflate'],
  },
  training: {
    files: ['src/core/training/**'],
    uses: MODELS,
    types: ['dataset'],
    packages: TENSORS,
  },
  inspect: {
    files: ['src/core/inspect/**'],
    uses: [...MODELS, 'training'],
    types: ['dataset'],
    packages: [...TENSORS, 'ml-hclust', 'ml-pca'],
  },
  benchmark: {
    files: ['src/core/benchmark/**'],
    uses: [...MODELS, 'dataset', 'training'],
    packages: TENSORS,
  },
  pipeline: {
    files: ['src/core/pipeline.ts', 'src/core/pipeline/**'],
    uses: CORE,
    packages: TENSORS,
  },

  protocol: { files: ['src/protocol/**'], types: CORE },
  workers: { files: ['src/workers/**'], uses: [...CORE, 'protocol'], packages: TENSORS },
  client: { files: ['src/client/**'], uses: ['settings'], types: [...CORE, 'protocol'] },

  // The server's door to compute: what `scripts/serve.ts` puts before the pages.
  api: { files: ['src/api/**'], uses: CORE, node: true },

  // The parts that it names: whoever names d3 itself loads the whole of it.
  plots: { files: ['src/plots/**'], packages: ['d3-*'] },
  visor: {
    files: ['src/components/lab/visor.ts'],
    uses: ['components', 'client', 'plots', 'base-path'],
    packages: ['@tensorflow/tfjs-vis'],
  },
  components: {
    files: ['src/components/**'],
    // Text is cut while the reader types: pure strings, no compute.
    uses: ['text', 'visor', 'client', 'plots', 'notebook', 'references', 'base-path'],
    packages: ['@preact/signals-core', ...ASTRO],
  },
  // Glossary and bibliography: data that the lessons share and components look up.
  references: { files: ['src/lessons/*.json'] },
  'base-path': { files: ['src/base-path.ts'] },
  styles: { files: ['src/styles/**'] },
  layouts: {
    files: ['src/layouts/**'],
    uses: ['components', 'styles', 'base-path'],
    packages: ['@fontsource-variable/*', 'katex', ...ASTRO],
  },
  // Cells run on the page: they get the text library, and tensors for building models.
  notebook: {
    files: ['src/notebook/**'],
    uses: [...MODELS, 'client', 'plots', 'base-path'],
    packages: [...TENSORS, ...NOTEBOOK],
  },
  // A cell finds its names in the notebook's scope and imports nothing.
  cells: { files: ['src/lessons/*/cells/**'] },
  // What a lesson works out at build: it reads the prepared data and hands plain values on.
  'lesson-data': {
    files: ['src/lessons/*/*.ts'],
    uses: [...CORE, 'client', 'components', 'figures-data'],
    node: true,
  },
  lessons: {
    files: ['src/lessons/**'],
    uses: ['lesson-data', 'figures-data', 'layouts', 'components', 'notebook'],
    packages: ASTRO,
  },
  // What pages and lessons work out at build: it trains small networks, reads shipped ones and measured
  // results, and hands plain values on.
  'figures-data': {
    files: ['src/figures/**'],
    uses: [...CORE, 'api', 'plots', 'components'],
    types: ['protocol'],
    packages: TENSORS,
    node: true,
  },
  pages: {
    files: ['src/pages/**'],
    uses: ['layouts', 'components', 'lessons', 'lesson-data', 'figures-data', 'base-path'],
    packages: ASTRO,
  },

  collections: { files: ['src/content.config.ts'], packages: ASTRO },
  public: { files: ['public/**'] },
  // Cells are compiled to check their types.
  'cell-check': {
    files: ['scripts/check-cells.ts', 'scripts/cells/**'],
    uses: ['notebook'],
    packages: ['typescript'],
    node: true,
  },
  scripts: {
    files: ['scripts/**'],
    uses: [...CORE, 'api'],
    packages: ['!(d3|d3-*|@tensorflow)', '!(@tensorflow)/*'],
    node: true,
  },
  tests: { files: ['tests/**'], uses: ['**'], packages: ANY_PACKAGE, node: true },
  bench: {
    files: ['bench/**'],
    uses: [...CORE, 'plots', 'workers', 'scripts'],
    packages: ANY_PACKAGE,
    node: true,
  },
  config: {
    files: ['*.config.{ts,mjs}'],
    uses: ['scripts', 'tests'],
    packages: ANY_PACKAGE,
    node: true,
  },
};

const layers = Object.entries(LAYER_TABLE);

/** The settings of eslint-plugin-boundaries that sort files into layers. */
export const layerSettings = {
  'boundaries/files': layers.map(([category, { files }]) => ({ category, pattern: [...files] })),
  'boundaries/files-single-match': true,
  // `import('…').Type` counts like an import of that type.
  'boundaries/additional-dependency-nodes': [
    { selector: 'TSImportType > Literal', kind: 'type', name: 'import-type' },
  ],
};

/** The options of the rule `boundaries/dependencies`: whatever the table doesn't allow is an error. */
export const layerRules = {
  default: 'disallow',
  checkAllOrigins: true,
  checkUnknownLocals: true,
  message:
    'The layer {{ from.file.categories }} may not import {{ dependency.source }}' +
    ' ({{ dependency.kind }}). See tests/architecture/layers.ts.',
  policies: layers.flatMap(([category, { uses = [], types = [], packages = [], node }]) => {
    const from = { file: { categories: category } };
    const policies: object[] = [
      { from, allow: { to: { file: { categories: [category, ...uses] } } } },
    ];
    if (types.length > 0) {
      const to = { file: { categories: [...types] } };
      policies.push({ from, allow: { to, dependency: { kind: 'type' } } });
    }
    if (packages.length > 0) {
      const to = { module: { origin: 'external', source: [...packages] } };
      policies.push({ from, allow: { to } });
    }
    if (node) policies.push({ from, allow: { to: { module: { origin: 'core' } } } });
    return policies;
  }),
};
