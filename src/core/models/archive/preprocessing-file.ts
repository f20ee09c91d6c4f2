import type { Truncating } from '../../text/pad-sequences.ts';
import type {
  BagPreprocessing,
  Preprocessing,
  SequencePreprocessing,
  TokenizerOptions,
} from '../preprocessing.ts';
import { ArchiveError } from './archive-error.ts';
import type { StrictJson } from './strict-json.ts';

/** Version of the archive's format. A change that an older reader would misread raises it. */
export const ARCHIVE_VERSION = 1;

const SIDES = ['pre', 'post'] as const;
const MAX_WORDS = 1_000_000;
const MAX_TIMESTEPS = 10_000;
const MAX_MARK = 1000;
const MAX_NGRAM = 5;

const COMMON = 'version files kind tokenizer'.split(' ');
const SEQUENCE = 'numWords padId startId oovId indexFrom maxlen padding truncating masked'.split(
  ' ',
);
const BAG = 'ngrams counts weighted normalize'.split(' ');

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
  const kind = json.get('kind').choice(['sequence', 'bag-of-words']);
  return kind === 'sequence' ? readSequence(json) : readBag(json);
}

function readSequence(json: StrictJson): SequencePreprocessing {
  json.only([...COMMON, ...SEQUENCE]);
  const mark = (key: string): number => json.get(key).integer(0, MAX_MARK);
  const optional = (key: string): number | null =>
    json.get(key).value === null ? null : mark(key);
  const maxlen = json.get('maxlen').integer(1, MAX_TIMESTEPS);
  return {
    kind: 'sequence',
    tokenizer: readTokenizer(json.get('tokenizer')),
    numWords: json.get('numWords').integer(2, MAX_WORDS),
    padId: mark('padId'),
    startId: optional('startId'),
    oovId: optional('oovId'),
    indexFrom: mark('indexFrom'),
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

function readBag(json: StrictJson): BagPreprocessing {
  json.only([...COMMON, ...BAG]);
  const ngrams = json.get('ngrams').only(['min', 'max']);
  const min = ngrams.get('min').integer(1, MAX_NGRAM);
  return {
    kind: 'bag-of-words',
    tokenizer: readTokenizer(json.get('tokenizer')),
    ngrams: { min, max: ngrams.get('max').integer(min, MAX_NGRAM) },
    counts: json.get('counts').choice(['binary', 'count', 'log']),
    weighted: json.get('weighted').boolean(),
    normalize: json.get('normalize').choice(['none', 'l2']),
  };
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
