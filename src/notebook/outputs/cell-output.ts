import type { Cell } from '../cell.ts';
import type { Control } from '../engine/control-values.ts';
import type { EngineListener } from '../engine/engine.ts';
import type { Failure } from '../engine/error-place.ts';
import { element } from './element.ts';
import { preview } from './preview.ts';
import { show } from './show.ts';

/** Values of a loop that displays at every turn: the page keeps the last ones. */
const MOST_SHOWN = 200;

/** Where a cell's output goes. Old output stays until new one comes, so that nothing jumps. */
export class CellOutput implements EngineListener {
  readonly #cell: Cell;
  readonly #definitions = new Map<string, HTMLElement>();
  #fresh = true;
  #displayed = false;
  #busy = false;
  #outcome: 'done' | 'failed' | 'stopped' | undefined;

  constructor(cell: Cell) {
    this.#cell = cell;
  }

  started(): void {
    this.#fresh = true;
    this.#displayed = false;
    this.#outcome = undefined;
    this.#cell.failure.value = undefined;
    this.#cell.state.value = 'running';
    this.#cell.controls.length = 0;
  }

  busy(busy: boolean): void {
    this.#busy = busy;
    this.#settle();
  }

  display(value: unknown): void {
    this.#makeRoom();
    this.#displayed = true;
    const { host } = this;
    host.append(element('div', 'nb-item', show(value)));
    if (host.childElementCount > MOST_SHOWN) host.firstElementChild!.remove();
    this.#cell.summary.value = preview(value, 1);
  }

  control(control: Control, index: number): void {
    this.#cell.controls[index] = control;
    const { controlValues } = this.#cell;
    if (controlValues[index] === undefined) return;
    control.value = controlValues[index];
    this.#cell.controlValues = controlValues.with(index, undefined);
  }

  value(value: unknown): void {
    if (this.#displayed || value === undefined) return;
    this.#fresh = false;
    this.host.replaceChildren(element('div', 'nb-item', show(value)));
    this.#cell.summary.value = preview(value, 1);
  }

  defined(name: string, value: unknown): void {
    if (this.#displayed) return;
    this.#makeRoom();
    const row = this.#definitions.get(name) ?? element('div', 'nb-definition');
    this.#definitions.set(name, row);
    row.replaceChildren(element('span', 'nb-key', name), element('div', '', show(value)));
    if (!row.isConnected) this.host.append(row);
    this.#cell.summary.value = `${name}: ${preview(value, 1)}`;
  }

  finished(): void {
    if (this.#fresh && this.#cell.ran.value?.outputs.length === 0) this.#makeRoom();
    this.#outcome = 'done';
    this.#settle();
  }

  stopped(): void {
    this.#outcome = 'stopped';
    this.#settle();
  }

  failed(failure: Failure): void {
    this.clear();
    this.#outcome = 'failed';
    this.#cell.failure.value = failure;
    this.#settle();
  }

  clear(): void {
    this.host.replaceChildren();
    this.#definitions.clear();
    this.#cell.summary.value = '';
  }

  /** The element on the page. */
  get host(): HTMLElement {
    const host = this.#cell.output;
    if (!host) throw new Error(`The cell ${this.#cell.name} has no place for its output.`);
    return host;
  }

  #makeRoom(): void {
    if (this.#fresh) this.clear();
    this.#fresh = false;
  }

  #settle(): void {
    this.#cell.state.value = this.#busy ? 'running' : (this.#outcome ?? 'running');
  }
}
