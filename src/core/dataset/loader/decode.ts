import { Vocabulary } from '../../text/vocabulary.ts';
import { decodeShard } from '../codec.ts';
import { DataError, messageOf } from './errors.ts';
import { SPLITS } from '../types.ts';
import type { Manifest, TextShard, TokenShard, TokenTable } from '../types.ts';

/**
 * The vocabulary file's content: JSON of `Vocabulary.toJSON()`.
 *
 * @throws DataError of kind `format`.
 */
export function decodeVocabulary(bytes: Uint8Array, entry: Manifest['vocabulary']): Vocabulary {
  return decoding(entry.file, () => {
    const vocabulary = Vocabulary.fromJSON(parseJson(bytes));
    expectEqual('words', vocabulary.size, entry.size);
    return vocabulary;
  });
}

/**
 * A token shard's content, checked against the manifest and the vocabulary, so that nothing that
 * works with the table has to check a rank again.
 *
 * @throws DataError of kind `format`.
 */
export function decodeTokens(bytes: Uint8Array, shard: TokenShard, words: number): TokenTable {
  return decoding(shard.file, () => {
    const table = decodeShard(bytes);
    expectEqual('reviews', table.rows.length, shard.reviews);
    SPLITS.forEach((split, index) => {
      const count = table.splits.reduce((sum, value) => sum + Number(value === index), 0);
      expectEqual(`${split} reviews`, count, shard.counts[split]);
    });
    const unknown = table.tokens.find((rank) => rank >= words);
    if (unknown !== undefined) {
      throw new RangeError(`token rank ${unknown} is outside the vocabulary of ${words} words`);
    }
    return table;
  });
}

/**
 * A text shard's content: a JSON array of strings, one for each review.
 *
 * @throws DataError of kind `format`.
 */
export function decodeTexts(bytes: Uint8Array, shard: TextShard): readonly string[] {
  return decoding(shard.file, () => {
    const texts = parseJson(bytes);
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) {
      throw new TypeError('it is not an array of strings');
    }
    expectEqual('texts', texts.length, shard.reviews);
    return texts;
  });
}

function decoding<T>(file: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    const problem = `cannot be read (${messageOf(error)})`;
    throw new DataError('format', file, problem, { cause: error });
  }
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

function expectEqual(what: string, found: number, expected: number): void {
  if (found !== expected) {
    throw new RangeError(`it has ${found} ${what}, but the manifest says ${expected}`);
  }
}
