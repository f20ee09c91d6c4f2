const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [320, 72];

/** The loss of a model, step by step from 1. */
interface Curve {
  readonly name?: string;
  readonly color?: string;
  readonly losses: readonly (readonly [step: number, loss: number])[];
}

/** Small curves of losses on one scale, with the loss of guessing; nothing before two steps are done. */
export function lossCurves(curves: readonly Curve[], steps: number): SVGSVGElement[] {
  const drawn = curves.filter(({ losses }) => losses.length > 1);
  if (drawn.length === 0) return [];
  // The guess is in view, and small changes can be seen.
  const values = [Math.LN2, ...drawn.flatMap(({ losses }) => losses.map(([, loss]) => loss))];
  const lowest = 0.9 * Math.min(...values);
  const highest = 1.05 * Math.max(...values);
  const height = (loss: number): number => ((highest - loss) / (highest - lowest)) * HEIGHT;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 -2 ${WIDTH} ${HEIGHT + 4}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'nb-curve');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `Loss${drawn.map(describe).join(';')}`);
  const guess = document.createElementNS(SVG, 'line');
  const level = String(height(Math.LN2));
  guess.setAttribute('x2', String(WIDTH));
  guess.setAttribute('y1', level);
  guess.setAttribute('y2', level);
  svg.append(guess);
  for (const { losses, color } of drawn) {
    const line = document.createElementNS(SVG, 'polyline');
    const points = losses.map(
      ([step, loss]) =>
        `${(((step - 1) / Math.max(1, steps - 1)) * WIDTH).toFixed(1)},${height(loss).toFixed(1)}`,
    );
    line.setAttribute('points', points.join(' '));
    if (color) line.style.stroke = color;
    svg.append(line);
  }
  return [svg];
}

function describe({ name, losses }: Curve): string {
  const [first, last] = [losses[0]!, losses.at(-1)!].map(([, loss]) => loss.toFixed(3));
  return `${name === undefined ? '' : ` of ${name}`} from ${first} to ${last}`;
}
