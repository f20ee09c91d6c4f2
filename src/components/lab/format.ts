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
