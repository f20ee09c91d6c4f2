import { RunControl } from '../../core/training/run-control.ts';
import type { TelemetryRequest } from '../../core/training/telemetry/telemetry.ts';
import type { Action } from '../../protocol/compute.ts';

/** A run, or several side by side. */
interface Observable {
  observe(telemetry: TelemetryRequest | undefined): void;
}

/** How the page steers a call under way. */
export class Steering {
  readonly control = new RunControl();
  readonly #abort = new AbortController();
  #run: Observable | undefined;
  #telemetry: TelemetryRequest | undefined;

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  act(action: Action): void {
    this.control[action]();
    if (action === 'stop') this.#abort.abort();
  }

  /** Looks inside the run, now or once there is one. */
  observe(telemetry: TelemetryRequest | undefined): void {
    this.#telemetry = telemetry;
    this.#run?.observe(telemetry);
  }

  /** The run that this steers from now on. */
  follow(run: Observable): void {
    this.#run = run;
    run.observe(this.#telemetry);
  }
}
