/** A manifest that is not of the expected form. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** No path separators and no leading dot: a file beside the manifest, never elsewhere. */
const FILE_NAME = /^[a-z0-9][a-z0-9.-]*$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Reads the fields of a JSON object; every mismatch is a {@link ManifestError} with the path. */
export class Reader {
  readonly #path: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(path: string, value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ManifestError(`${path} must be an object, not ${show(value)}.`);
    }
    this.#path = path;
    this.#fields = { ...value };
  }

  has(key: string): boolean {
    return this.#fields[key] !== undefined;
  }

  /** A count or a size: an integer from 0. */
  number(key: string): number {
    const value = this.#fields[key];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      return this.fail(key, `must be an integer from 0, not ${show(value)}`);
    }
    return value;
  }

  string(key: string): string {
    const value = this.#fields[key];
    return typeof value === 'string'
      ? value
      : this.fail(key, `must be a string, not ${show(value)}`);
  }

  fileName(key: string): string {
    const value = this.string(key);
    return FILE_NAME.test(value)
      ? value
      : this.fail(key, `must be a plain file name, not ${show(value)}`);
  }

  sha256(key: string): string {
    const value = this.string(key);
    return SHA256.test(value)
      ? value
      : this.fail(key, `must be 64 lower-case hex digits, not ${show(value)}`);
  }

  object(key: string): Reader {
    return new Reader(`${this.#path}.${key}`, this.#fields[key]);
  }

  array(key: string): Reader[] {
    const value = this.#fields[key];
    if (!Array.isArray(value)) return this.fail(key, `must be an array, not ${show(value)}`);
    return value.map((item: unknown, i) => new Reader(`${this.#path}.${key}[${i}]`, item));
  }

  fail(key: string, problem: string): never {
    throw new ManifestError(`${this.#path}.${key} ${problem}.`);
  }
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 40 ? `${json.slice(0, 40)}…` : json;
}
