import type { cellDiagram } from '../../plots/cell-diagram.ts';
import type { confusionMatrix } from '../../plots/confusion-matrix.ts';
import type { distributionPlot } from '../../plots/distribution.ts';
import type { Plot } from '../../plots/frame/types.ts';
import type { gradientStrip } from '../../plots/gradient-strip.ts';
import type { heatMap } from '../../plots/heat-map.ts';
import type { linePlot } from '../../plots/line.ts';
import type { reliabilityPlot } from '../../plots/reliability.ts';
import type { rocPlot } from '../../plots/roc.ts';
import type { scatterPlot } from '../../plots/scatter.ts';
import type { tokenStrip } from '../../plots/token-strip.ts';

interface Makers {
  readonly line: typeof linePlot;
  readonly 'heat-map': typeof heatMap;
  readonly tokens: typeof tokenStrip;
  readonly distribution: typeof distributionPlot;
  readonly scatter: typeof scatterPlot;
  readonly confusion: typeof confusionMatrix;
  readonly roc: typeof rocPlot;
  readonly reliability: typeof reliabilityPlot;
  readonly cell: typeof cellDiagram;
  readonly gradient: typeof gradientStrip;
}

export type KindName = keyof Makers;

/** A plot of one kind, as plain values that can stand in a page. */
export type PlotSpec = {
  [Name in KindName]: {
    readonly kind: Name;
    readonly data: Parameters<Makers[Name]>[0];
    readonly options: Parameters<Makers[Name]>[1];
  };
}[KindName];

/** Each kind loads when a page shows it. */
const LOAD: { readonly [Name in KindName]: () => Promise<Makers[Name]> } = {
  line: async () => (await import('../../plots/line.ts')).linePlot,
  'heat-map': async () => (await import('../../plots/heat-map.ts')).heatMap,
  tokens: async () => (await import('../../plots/token-strip.ts')).tokenStrip,
  distribution: async () => (await import('../../plots/distribution.ts')).distributionPlot,
  scatter: async () => (await import('../../plots/scatter.ts')).scatterPlot,
  confusion: async () => (await import('../../plots/confusion-matrix.ts')).confusionMatrix,
  roc: async () => (await import('../../plots/roc.ts')).rocPlot,
  reliability: async () => (await import('../../plots/reliability.ts')).reliabilityPlot,
  cell: async () => (await import('../../plots/cell-diagram.ts')).cellDiagram,
  gradient: async () => (await import('../../plots/gradient-strip.ts')).gradientStrip,
};

/** Makes the plot that a specification asks for. */
export async function makePlot({ kind, data, options }: PlotSpec): Promise<Plot<never>> {
  const make = (await LOAD[kind]()) as (of: unknown, how: unknown) => Plot<never>;
  return make(data, options);
}
