const WHOLE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** 12345.6 → "12,346" */
export const whole = (value: number): string => WHOLE.format(value);

/** A share from 0 to 1 → "87.5 %", with a narrow space that does not break */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}\u202f%`;

/** Bytes → decimal megabytes, "15.7" */
export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Seconds → "45 s" or "3 min" */
export const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;

export const percentOr = (share: number | undefined): string =>
  share === undefined ? '–' : percent(share);

/** 0.0123 → "0.012", 1234 → "1.2e+3": three figures of whatever size. */
export const figure = (value: number): string =>
  value !== 0 && (Math.abs(value) < 0.001 || Math.abs(value) >= 10_000)
    ? value.toExponential(1)
    : String(Number(value.toPrecision(3)));

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Milliseconds since 1970 → "24 Nov 2026, 16:41:03" */
export const moment = (time: number): string => MOMENT.format(time);

/** +1.23 or −0.45 */
export const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
