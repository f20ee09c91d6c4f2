import type { Truncating } from '../../text/pad-sequences.ts';
import type { Preprocessing, TokenizerOptions } from '../preprocessing.ts';
import { ArchiveError } from './archive-error.ts';
import type { StrictJson } from './strict-json.ts';

/** Version of the archive's format. A change that an older reader would misread raises it. */
export const ARCHIVE_VERSION = 1;

const SIDES = ['pre', 'post'] as const;
const MAX_IDS = 1_000_000;
const MAX_TIMESTEPS = 10_000;
const MAX_MARK = 1000;

const KEYS = [
  'version files tokenizer numWords padId startId oovId indexFrom',
  'bigrams distinct maxlen padding truncating masked',
].flatMap((keys) => keys.split(' '));

/**
 * Reads `preprocessing.json`, but for its checksums.
 *
 * @throws ArchiveError of fault `version` before anything else is looked at
 */
export function readPreprocessing(json: StrictJson): Preprocessing {
  const version = json.get('version').value;
  if (version !== ARCHIVE_VERSION) {
    const found = JSON.stringify(version)?.slice(0, 20);
    const message = `The archive is of version ${found}; this site reads ${ARCHIVE_VERSION}.`;
    throw new ArchiveError('version', message);
  }
  json.only(KEYS);
  const mark = (key: string): number => json.get(key).integer(0, MAX_MARK);
  const optional = (key: string): number | null =>
    json.get(key).value === null ? null : mark(key);
  const maxlen = json.get('maxlen').integer(1, MAX_TIMESTEPS);
  return {
    tokenizer: readTokenizer(json.get('tokenizer')),
    numWords: json.get('numWords').integer(2, MAX_IDS),
    padId: mark('padId'),
    startId: optional('startId'),
    oovId: optional('oovId'),
    indexFrom: mark('indexFrom'),
    bigrams: json.get('bigrams').integer(0, MAX_IDS),
    distinct: json.get('distinct').boolean(),
    maxlen,
    padding: json.get('padding').choice(SIDES),
    truncating: readTruncating(json.get('truncating'), maxlen),
    masked: json.get('masked').boolean(),
  };
}

function readTruncating(json: StrictJson, maxlen: number): Truncating {
  if (typeof json.value === 'string') return json.choice(SIDES);
  json.only(['head', 'tail']);
  const head = json.get('head').integer(0, maxlen);
  return { head, tail: json.get('tail').integer(maxlen - head, maxlen - head) };
}

function readTokenizer(json: StrictJson): TokenizerOptions {
  const kind = json.get('kind').choice(['word', 'whitespace', 'character']);
  const options = {
    lower: json.get('lower').boolean(),
    breaks: json.get('breaks').choice(['keep', 'space']),
  };
  if (kind === 'character') {
    json.only(['kind', 'lower', 'breaks']);
    return { kind, ...options };
  }
  json.only(['kind', 'lower', 'breaks', 'filters']);
  return { kind, ...options, filters: json.get('filters').string(200) };
}
