import { CsvError, parse } from 'csv-parse/sync';
import type { TableRecord } from '../../src/core/dataset/prepare/parse-table.ts';
import { SourceError } from '../../src/core/dataset/prepare/source.ts';

const LF = 0x0a;
const CR = 0x0d;

/**
 * Cuts CSV (RFC 4180, UTF-8, separated by commas) into records. Empty lines are skipped.
 *
 * @throws SourceError naming the line, when the quoting is broken. That is no matter of one bad row:
 *   after a stray quote mark nothing says where the next row starts.
 */
export function readCsv(bytes: Uint8Array): TableRecord[] {
  const records: TableRecord[] = [];
  const lines = new LineCounter(bytes);
  try {
    parse(bytes, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (fields: string[], { bytes: end }: { bytes: number }) => {
        records.push({ line: lines.atNextRecord(), fields });
        lines.advance(end);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new SourceError(
      `The CSV's quoting is broken in the record that starts at line ${lines.atNextRecord()}: a ` +
        'field with a quote mark must start and end with one, and those inside it must be doubled.',
      { cause: error },
    );
  }
  return records;
}

/** Counts lines up to a byte. (The parser's own count takes a CR LF inside quotes for two lines.) */
class LineCounter {
  readonly #bytes: Uint8Array;
  #at = 0;
  #line = 1;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Line, from 1, of the next record: empty lines before it are passed over. */
  atNextRecord(): number {
    while (this.#bytes[this.#at] === LF || this.#bytes[this.#at] === CR) this.advance(this.#at + 1);
    return this.#line;
  }

  /** Goes on to the byte at `end`. */
  advance(end: number): void {
    for (; this.#at < end; this.#at++) {
      const byte = this.#bytes[this.#at];
      if (byte === LF || (byte === CR && this.#bytes[this.#at + 1] !== LF)) this.#line++;
    }
  }
}
