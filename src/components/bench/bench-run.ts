import { signal } from '@preact/signals-core';
import { runBench, speedup } from '../../client/index.ts';
import type { BenchRow, BenchState } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { benchOptions } from './bench-options.ts';
import { benchReport } from './bench-report.ts';

const ENGINES = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  simd: 'SIMD on the processor',
  cpu: 'JavaScript',
  wasm: 'WebAssembly',
} as const;

/** Runs the benchmark, shows its figures while they come, and hands them out as JSON. */
class BenchRun extends LiveElement {
  readonly #state = signal<BenchState | undefined>(undefined);
  readonly #status = signal('Nothing has run yet. Press Run.');
  readonly #problem = signal('');
  #abort: AbortController | undefined;

  protected connect(left: AbortSignal): void {
    this.child('run').addEventListener('click', () => void this.#run(), { signal: left });
    this.child('stop').addEventListener('click', () => this.#abort?.abort(), { signal: left });
    this.child('copy').addEventListener('click', () => void this.#copy(), { signal: left });
    left.addEventListener('abort', () => this.#abort?.abort());
    this.watch(() => {
      this.child('status').textContent = this.#status.value;
      this.child('problem').textContent = this.#problem.value;
      this.child('problem').hidden = this.#problem.value === '';
    });
    this.watch(() => this.#show());
  }

  async #run(): Promise<void> {
    this.#problem.value = '';
    this.#abort = new AbortController();
    const { signal: stopped } = this.#abort;
    this.#setRunning(true);
    this.#status.value = 'Getting ready: engines, reviews …';
    try {
      const options = benchOptions(new URLSearchParams(location.search));
      for await (const state of runBench(options, stopped)) {
        this.#state.value = state;
        this.#status.value = `Round ${state.round} of ${state.rounds} …`;
      }
      this.#status.value = 'Finished.';
    } catch (error) {
      if (stopped.aborted) {
        this.#status.value = 'Stopped. What was measured stays.';
      } else {
        this.#status.value = 'The benchmark has failed.';
        this.#problem.value = error instanceof Error ? error.message : String(error);
      }
    } finally {
      this.#setRunning(false);
      const state = this.#state.value;
      if (state) this.#state.value = { ...state, running: undefined };
    }
  }

  #setRunning(running: boolean): void {
    const run = this.child<HTMLButtonElement>('run');
    const stop = this.child<HTMLButtonElement>('stop');
    // The focus moves on before its button goes out of use.
    (running ? stop : run).disabled = false;
    if (document.activeElement === (running ? run : stop)) (running ? stop : run).focus();
    (running ? run : stop).disabled = true;
    this.child<HTMLButtonElement>('copy').disabled = running || this.#state.value === undefined;
  }

  #show(): void {
    const state = this.#state.value;
    this.child('table').hidden = this.child('json').hidden = state === undefined;
    if (!state) return;
    this.child('rows').replaceChildren(
      ...state.rows.map((row, index) =>
        rowElement(row, index === state.running, speedup(row, state.rows)),
      ),
    );
    this.child('engines').textContent = state.machine.backends
      .map(({ detail }) => detail)
      .join(' ');
    this.child('text').textContent = JSON.stringify(benchReport(state), null, 2);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.child('text').textContent);
      this.#status.value = 'The result is on the clipboard.';
    } catch {
      this.child<HTMLDetailsElement>('json').open = true;
      this.#status.value = 'This browser lets no page copy: select the text below.';
    }
  }
}

function rowElement(
  { plan, timing, gigaflops, problem }: BenchRow,
  running: boolean,
  speed: number | undefined,
): HTMLTableRowElement {
  const { layers, backend, shape } = plan;
  const ours = layers === 'fused';
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = `${ENGINES[backend]}, ${ours ? 'ours' : 'TensorFlow.js'}, ${shape.steps} words`;
  row.append(head);
  row.classList.toggle('running', running);
  if (problem !== undefined) {
    const cell = row.insertCell();
    cell.colSpan = 5;
    cell.textContent = problem;
    return row;
  }
  for (const text of [
    timing ? milliseconds(timing.medianMs) : running ? 'running …' : '–',
    timing ? `${milliseconds(timing.minMs)}–${milliseconds(timing.maxMs)}` : '',
    timing ? String(timing.runs) : '',
    ours && gigaflops !== undefined ? gigaflops.toPrecision(3) : '',
    speed !== undefined ? `${speed.toPrecision(3)}×` : '',
  ]) {
    row.insertCell().textContent = text;
  }
  return row;
}

const milliseconds = (value: number): string =>
  value < 100 ? value.toPrecision(3) : String(Math.round(value));

define('bench-run', BenchRun);
