import type { Answers, Question } from './protocol.ts';

/** What a worker computes for each kind of question. */
export type Answering = {
  [Kind in keyof Answers]?: (question: Question<Kind>) => Promise<Answers[Kind]>;
};

/** Answers each message with `{ id, value }` or `{ id, error }`, once the backend has started. */
export function answerMessages(answers: Answering, started?: Promise<void>): void {
  self.onmessage = async ({ data }: MessageEvent<Question>) => {
    try {
      await started;
      const answer = answers[data.kind] as ((question: Question) => Promise<unknown>) | undefined;
      if (!answer) throw new Error(`This worker does not answer ${data.kind}`);
      self.postMessage({ id: data.id, value: await answer(data) });
    } catch (error) {
      self.postMessage({ id: data.id, error: String((error as Error).stack ?? error) });
    }
  };
}
