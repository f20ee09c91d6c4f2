import type { Selection } from 'd3-selection';
import type { Palette } from './theme.ts';

/** A plot. Put its `element` anywhere: it draws itself once it has a width. */
export interface Plot<Data> {
  readonly element: HTMLElement;
  /** Draws new data at once; while the element has no width, later. */
  update(data: Data): void;
  /** Shows where another plot points, such as at a timestep; undefined for nowhere. */
  point(group: number | undefined): void;
  destroy(): void;
}

/** What every plot can be told. */
export interface PlotOptions {
  /** What is drawn: the text alternative begins with it. */
  readonly title: string;
  /** Height in px. Each kind has its own default. */
  readonly height?: number;
  /** False: the page shows the same figures in a table of its own. */
  readonly table?: false;
  /** What will be drawn, in a sentence: it stands in the picture until there is something. */
  readonly resting?: string;
}

/** One thing that can be pointed at: a dot, or with a width and height, a box. In px. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  /** Lines of the tooltip, the first one its heading. */
  readonly text: readonly string[];
  /** What it stands for in every linked plot, such as its timestep, counted from 1. */
  readonly group?: number;
}

/** A box in px. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type StepKey =
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'ArrowUp'
  | 'ArrowDown'
  | 'Home'
  | 'End'
  | 'PageUp'
  | 'PageDown';

/** What can be pointed at in a drawing. Marks are numbered from 0; -1 is none. */
export interface Drawn {
  readonly count: number;
  readonly mark: (index: number) => Mark;
  /** The mark nearest to a place in px. */
  readonly nearest: (x: number, y: number) => number;
  /** Where a key leads to. */
  readonly step: (from: number, key: StepKey) => number;
  /** Where a group of linked plots lies. */
  readonly guide?: (group: number) => Box | undefined;
}

/** A key of the picture. */
export interface LegendEntry {
  readonly label: string;
  readonly sign: 'line' | 'dashed' | 'dot' | 'box' | 'hatched' | 'scale';
  /** A CSS colour, or for a scale, the colours from its low to its high end. */
  readonly color: string;
  /** For a scale: what its ends say. */
  readonly ends?: readonly [low: string, high: string];
}

export interface Table {
  readonly header: readonly string[];
  /** Cells of each row; the first one is its heading. */
  readonly rows: readonly (readonly string[])[];
}

export type Root = Selection<SVGSVGElement, unknown, null, undefined>;

/** What a kind of plot draws on. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  readonly svg: Root;
  /** Cleared, in CSS px. Only for a kind that paints. */
  readonly context: CanvasRenderingContext2D | undefined;
  /** The tokens of the page as the canvas needs them. */
  readonly palette: Palette;
  /** A CSS colour, tokens and all, as a plain one. */
  readonly resolve: (color: string) => string;
  /** For a kind made of text. */
  readonly body: HTMLElement;
}

/** The plot as its kind steers it. */
export interface Handle {
  readonly stage: HTMLElement;
  /** Room for buttons above the picture. */
  readonly tools: HTMLElement;
  /** Room for a control below the picture. */
  readonly foot: HTMLElement;
  readonly signal: AbortSignal;
  redraw(): void;
  /** The mark that is pointed at, or -1. */
  pointed(): number;
}

/** What a kind of plot brings to the frame that all share. */
export interface Kind<Data> {
  readonly name: string;
  readonly surface: 'svg' | 'canvas' | 'text';
  /** Height in px, unless text decides it. */
  readonly height?: (width: number, data: Data) => number;
  /** In px: narrower than this, the picture scrolls in its own frame. */
  readonly minWidth?: number;
  readonly draw: (stage: Stage, data: Data) => Drawn;
  readonly legend?: (data: Data) => readonly LegendEntry[];
  /** One sentence that says what the picture shows. */
  readonly describe: (data: Data) => string;
  readonly table: (data: Data) => Table;
  /** Adds gestures and tools, once. */
  readonly connect?: (handle: Handle) => void;
}
