/** Mean loss (binary cross-entropy, nats, and penalties) and share of right verdicts, 0 to 1. */
export interface Metrics {
  readonly loss: number;
  readonly accuracy: number;
}
