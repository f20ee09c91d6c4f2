/** The site may live below a sub-path: makes an address on it from a path that starts at its root. */
export function sitePath(path: string): string {
  return import.meta.env.BASE_URL.replace(/\/$/, '') + path;
}
