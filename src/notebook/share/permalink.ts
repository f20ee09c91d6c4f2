/** What a link holds: changed code and the state of controls. */
export interface SharedState {
  /** Code by cell. */
  readonly cells: Readonly<Record<string, string>>;
  /** Values of the page's own controls, by their id. */
  readonly controls: Readonly<Record<string, string | boolean>>;
  /** Values of the controls that cells show, by cell. */
  readonly views: Readonly<Record<string, readonly unknown[]>>;
}

const KEY = 'notebook=';
/** Characters of a hash, and of what it unpacks to: more is no notebook. */
const MOST_PACKED = 100_000;
const MOST_UNPACKED = 400_000;

/** A link that can't be read; the message says why. */
export class PermalinkError extends Error {
  override readonly name = 'PermalinkError';
}

/** The hash of a link, without `#`. */
export async function packState(state: SharedState): Promise<string> {
  const json = new Blob([JSON.stringify({ version: 1, ...state })]);
  const packed = new Response(json.stream().pipeThrough(new CompressionStream('deflate-raw')));
  const hash = KEY + toBase64Url(new Uint8Array(await packed.arrayBuffer()));
  if (hash.length > MOST_PACKED) {
    throw new PermalinkError(
      `The changes are too long for a link: ${hash.length} characters packed, at most ${MOST_PACKED} fit.`,
    );
  }
  return hash;
}

/**
 * Reads a hash that anybody may have written.
 *
 * @param hash with or without `#`
 * @param names the cells of the lesson
 * @returns undefined if the hash is about something else
 * @throws PermalinkError
 */
export async function unpackState(
  hash: string,
  names: readonly string[],
): Promise<SharedState | undefined> {
  const text = hash.replace(/^#/, '');
  if (!text.startsWith(KEY)) return undefined;
  if (text.length > MOST_PACKED) throw new PermalinkError('it is too long');
  return checkState(parse(await inflate(text.slice(KEY.length))), names);
}

async function inflate(packed: string): Promise<string> {
  try {
    const stream = new Blob([fromBase64Url(packed)])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'))
      .pipeThrough(new TextDecoderStream('utf-8', { fatal: true }));
    const reader = stream.getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
      // A few bytes can unpack to gigabytes.
      if (text.length > MOST_UNPACKED) {
        void reader.cancel();
        throw new PermalinkError('it unpacks to more than a notebook');
      }
    }
  } catch (error) {
    if (error instanceof PermalinkError) throw error;
    throw new PermalinkError('it is damaged or cut off', { cause: error });
  }
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new PermalinkError('it holds something else than a notebook', { cause: error });
  }
}

function checkState(value: unknown, names: readonly string[]): SharedState {
  if (!isRecord(value) || value['version'] !== 1) {
    throw new PermalinkError('it was made by another version of this site');
  }
  const { cells = {}, controls = {}, views = {} } = value;
  if (!isRecord(cells) || !isRecord(controls) || !isRecord(views)) {
    throw new PermalinkError('a part of it has the wrong form');
  }
  const stranger = [...Object.keys(cells), ...Object.keys(views)].find(
    (name) => !names.includes(name),
  );
  if (stranger !== undefined) {
    throw new PermalinkError(`this lesson has no cell named “${stranger.slice(0, 40)}”`);
  }
  const fits =
    Object.values(cells).every((code) => typeof code === 'string') &&
    Object.values(controls).every((set) => typeof set === 'string' || typeof set === 'boolean') &&
    Object.values(views).every((list) => Array.isArray(list));
  if (!fits) throw new PermalinkError('a part of it has the wrong form');
  return { cells, controls, views } as SharedState;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
