/** The page that the benchmark drives: it holds one worker and asks it one question at a time. */
import type { Question, Reply } from './protocol.ts';

/** What the page offers to the benchmark. */
export interface BenchPage {
  ask(question: Question): Promise<Reply>;
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

const ask: BenchPage['ask'] = (question) =>
  new Promise((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => resolve(data), {
      once: true,
    });
    worker.addEventListener('error', ({ message }) => resolve({ error: message }), {
      once: true,
    });
    worker.postMessage(question);
  });

Object.assign(globalThis, { ask } satisfies BenchPage);
