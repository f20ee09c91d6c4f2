/** What is kept of a lesson between visits. */
export interface KeptLesson {
  /** Changed code, by cell. */
  readonly drafts: Readonly<Record<string, string>>;
  /** Drafts that a link's code has replaced, by cell. */
  readonly replaced: Readonly<Record<string, string>>;
  /** The cells that are running; still there at the next visit if the page did not live to tell. */
  readonly running: readonly string[];
}

const DATABASE = 'unrolled-notebook';
const STORE = 'lessons';
const EMPTY: KeptLesson = { drafts: {}, replaced: {}, running: [] };

/** The browser refuses to keep drafts. */
export class StorageRefusedError extends Error {
  override readonly name = 'StorageRefusedError';
}

/**
 * What was kept of a lesson; nothing, if nothing was.
 *
 * @throws StorageRefusedError
 */
export async function readLesson(lesson: string): Promise<KeptLesson> {
  const kept = await transact('readonly', (store) => store.get(lesson));
  return { ...EMPTY, ...(kept as Partial<KeptLesson> | undefined) };
}

/**
 * Keeps a lesson. Resolves when it is written.
 *
 * @throws StorageRefusedError
 */
export async function writeLesson(lesson: string, kept: KeptLesson): Promise<void> {
  await transact('readwrite', (store) => store.put(kept, lesson));
}

async function transact(
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const asked = request(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(refused(transaction.error));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    try {
      const opening = indexedDB.open(DATABASE, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(refused(opening.error));
    } catch (error) {
      // Some browsers throw where others report.
      reject(refused(error));
    }
  });
}

function refused(cause: unknown): StorageRefusedError {
  const reason = cause instanceof Error && cause.message ? ` (${cause.message})` : '';
  return new StorageRefusedError(
    `This browser refuses to keep your changes${reason}: they last as long as this page. Share makes a link that holds them.`,
    { cause },
  );
}
