import { format } from 'd3-format';
import { divergingShades } from './cells/shades.ts';
import { createPlot } from './frame/create-plot.ts';
import { stepByPlace } from './frame/steps.ts';
import type { Drawn, LegendEntry, Mark, Plot } from './frame/types.ts';
import { gatherTokens } from './tokens/runs.ts';
import type { TokenRun } from './tokens/runs.ts';
import type { Token, TokenStripData, TokenStripOptions } from './tokens/types.ts';

export type { Token, TokenStripData, TokenStripOptions } from './tokens/types.ts';

/** Stronger colours would take the contrast from the words on them. */
const STRONGEST = 0.45;
const show = format('+.2f');

/** A review as the network reads it: words with their ids, padding hatched, unknown words as ▢. */
export function tokenStrip(data: TokenStripData, options: TokenStripOptions): Plot<TokenStripData> {
  const { most = 1, valueName = 'value' } = options;
  const chips: HTMLElement[] = [];
  let shownRuns: readonly TokenRun[] = [];
  return createPlot(
    {
      name: 'tokens',
      surface: 'text',
      draw(stage, tokens: TokenStripData): Drawn {
        const { body } = stage;
        const strongest = most === 'largest' ? largest(tokens) : most;
        const colorOf = divergingShades(stage, strongest, STRONGEST);
        const runs = gatherTokens(tokens);
        shownRuns = runs;
        body.classList.toggle('has-ids', options.ids !== false);
        while (chips.length > runs.length) chips.pop()!.remove();
        runs.forEach((run, i) => showRun((chips[i] ??= addChip(body)), run, colorOf));
        return tokenMarks(runs, chips, valueName);
      },
      legend: tokenLegend,
      describe: (tokens) => {
        const count = (kind: Token['kind']): number =>
          tokens.filter((token) => token.kind === kind).length;
        return tokens.length === 0
          ? 'no words yet'
          : `${count('word')} words, ${count('unknown')} unknown, ${count('pad')} timesteps of padding`;
      },
      table: (tokens) => ({
        header: ['Timestep', 'Token', 'Id', valueName],
        rows: tokens.map((token, step) => [
          String(step + 1),
          nameOf(token),
          String(token.id),
          token.value === undefined ? '' : show(token.value),
        ]),
      }),
      connect({ stage, signal, pointed }) {
        const pick = (): void => {
          const run = shownRuns[pointed()];
          if (run) options.onPick?.(run.from);
        };
        stage.addEventListener('click', pick, { signal });
        stage.addEventListener('keydown', ({ key }) => key === 'Enter' && pick(), { signal });
      },
    },
    data,
    options,
  );
}

function largest(tokens: TokenStripData): number {
  return tokens.reduce((size, { value = 0 }) => Math.max(size, Math.abs(value)), 0) || 1;
}

function addChip(body: HTMLElement): HTMLElement {
  const chip = document.createElement('span');
  chip.append(document.createElement('span'), document.createElement('span'));
  body.append(chip);
  return chip;
}

/** Touches only what has changed: a strip is updated at every word of a long review. */
function showRun(
  chip: HTMLElement,
  { token, from, to }: TokenRun,
  colorOf: (value: number) => string,
): void {
  const [word, id] = chip.children as unknown as [HTMLElement, HTMLElement];
  const className = `token is-${token.kind}`;
  const text = token.kind === 'pad' && to - from > 1 ? `PAD ×\u202f${to - from}` : shownText(token);
  const color = token.value === undefined ? '' : colorOf(token.value);
  if (chip.className !== className) chip.className = className;
  if (word.textContent !== text) word.textContent = text;
  if (id.textContent !== String(token.id)) id.textContent = String(token.id);
  if (chip.dataset['color'] === color) return;
  chip.dataset['color'] = color;
  chip.style.backgroundColor = color;
}

function shownText({ kind, text }: Token): string {
  if (kind === 'unknown') return '▢';
  return kind === 'pad' ? 'PAD' : kind === 'start' ? 'START' : text;
}

function nameOf({ kind, text }: Token): string {
  if (kind === 'unknown') return `unknown word “${text}”`;
  return kind === 'pad' ? 'padding' : kind === 'start' ? 'start mark' : text;
}

function tokenLegend(tokens: TokenStripData): LegendEntry[] {
  const has = (kind: Token['kind']): boolean => tokens.some((token) => token.kind === kind);
  return [
    ...(has('pad') ? [{ label: 'padding', sign: 'hatched', color: 'var(--pad)' } as const] : []),
    ...(has('unknown')
      ? [{ label: 'unknown word', sign: 'box', color: 'var(--rule-strong)' } as const]
      : []),
  ];
}

function tokenMarks(
  runs: readonly TokenRun[],
  chips: readonly HTMLElement[],
  valueName: string,
): Drawn {
  const boxOf = (index: number) => {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = chips[index]!;
    return { x: offsetLeft, y: offsetTop, width: offsetWidth, height: offsetHeight };
  };
  const runAt = (step: number): number =>
    runs.findIndex(({ from, to }) => from < step && step <= to);
  return {
    count: runs.length,
    mark(index): Mark {
      const { token, from, to } = runs[index]!;
      const value = token.value === undefined ? [] : [`${valueName} ${show(token.value)}`];
      const place = to - from > 1 ? `timesteps ${from + 1} to ${to}` : `timestep ${from + 1}`;
      const text = [nameOf(token), `id ${token.id}, ${place}`, ...value];
      return { ...boxOf(index), text, group: from + 1 };
    },
    nearest: (x, y) =>
      chips.findIndex((_, i) => {
        const box = boxOf(i);
        const inside = x >= box.x && x < box.x + box.width;
        return inside && y >= box.y && y < box.y + box.height;
      }),
    step(from, key) {
      if (key === 'ArrowLeft') return Math.max(0, from - 1);
      if (key === 'ArrowRight') return Math.min(runs.length - 1, from + 1);
      const places = chips.map((_, i) => {
        const box = boxOf(i);
        return [box.x + box.width / 2, box.y] as const;
      });
      return stepByPlace(places, from, key);
    },
    guide(step) {
      const index = runAt(step);
      return index < 0 ? undefined : boxOf(index);
    },
  };
}
