import { ArchiveError } from './archive-error.ts';

/** Keys that could reach an object's prototype. No file of an archive has a use for them. */
const HOSTILE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads a value's parts and says, if one is not as it must be, where it stands. */
export class StrictJson {
  readonly value: unknown;
  /** As in `preprocessing.json: maxlen`. */
  readonly where: string;

  constructor(value: unknown, where: string) {
    this.value = value;
    this.where = where;
  }

  /**
   * Parses a file.
   *
   * @throws ArchiveError if it is not UTF-8, not JSON, or has a key that could reach a prototype
   */
  static parse(name: string, bytes: Uint8Array): StrictJson {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      const value: unknown = JSON.parse(text, (key, part: unknown) => {
        if (HOSTILE_KEYS.has(key)) throw new TypeError(`has the key ${JSON.stringify(key)}`);
        return part;
      });
      return new StrictJson(value, name);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new ArchiveError('content', `${name} can’t be read: ${detail}.`, { cause: error });
    }
  }

  /** The value of a key; it may be absent. */
  get(key: string): StrictJson {
    const object = this.object();
    const part = Object.hasOwn(object, key) ? object[key] : undefined;
    return new StrictJson(part, `${this.where}: ${key}`);
  }

  object(): Record<string, unknown> {
    const { value } = this;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    throw this.fail('an object');
  }

  /** @throws ArchiveError if there is a key besides these */
  only(keys: readonly string[]): this {
    const extra = Object.keys(this.object()).find((key) => !keys.includes(key));
    if (extra === undefined) return this;
    throw new ArchiveError('content', `${this.where} has the unknown key ${show(extra)}.`);
  }

  get exists(): boolean {
    return this.value !== undefined;
  }

  integer(min: number, max: number): number {
    const { value } = this;
    if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) {
      return value as number;
    }
    throw this.fail(`a whole number from ${min} to ${max}`);
  }

  number(): number {
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return this.value;
    throw this.fail('a finite number');
  }

  boolean(): boolean {
    if (typeof this.value === 'boolean') return this.value;
    throw this.fail('true or false');
  }

  string(maxLength: number): string {
    if (typeof this.value === 'string' && this.value.length <= maxLength) return this.value;
    throw this.fail(`a string of at most ${maxLength} characters`);
  }

  choice<T extends string>(choices: readonly T[]): T {
    if (choices.includes(this.value as T)) return this.value as T;
    throw this.fail(choices.map((choice) => JSON.stringify(choice)).join(' or '));
  }

  array(maxLength: number): StrictJson[] {
    const { value } = this;
    if (!Array.isArray(value) || value.length > maxLength) {
      throw this.fail(`an array of at most ${maxLength} values`);
    }
    return value.map((part, index) => new StrictJson(part, `${this.where}[${index}]`));
  }

  fail(wanted: string): ArchiveError {
    return new ArchiveError('content', `${this.where} must be ${wanted}, not ${show(this.value)}.`);
  }
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
