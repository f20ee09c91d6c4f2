/** The compute worker: data, tensors and training live here. It answers calls by id. */
import { DivergedError } from '../core/training/errors.ts';
import type { Call, CallName, ErrorReport, Request, Response } from '../protocol/compute.ts';
import { startThread } from './kernel-threads.ts';
import { Session } from './session.ts';
import { Steering } from './session/steering.ts';
import { transferables } from './transferables.ts';
import { verdictMemory } from './verdict-memory.ts';

const steerings = new Map<number, Steering>();
let session: Session | undefined;

const post = (response: Response, transfer: Transferable[] = []): void =>
  self.postMessage(response, { transfer });

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.type === 'call') return void answer(data);
  const steering = steerings.get(data.id);
  if (data.type === 'control') steering?.act(data.action);
  else steering?.observe(data.telemetry);
};

async function answer<K extends CallName>({ id, name, baseUrl, request }: Call<K>): Promise<void> {
  session ??= new Session(baseUrl, { startThread, verdicts: verdictMemory(baseUrl) });
  const steering = new Steering();
  steerings.set(id, steering);
  try {
    const result = await session.answers[name as K](
      request,
      (event) => post({ type: 'event', id, event }),
      steering,
    );
    post({ type: 'result', id, result }, transferables(name, result));
  } catch (error) {
    post({ type: 'error', id, error: reportOf(error) });
  } finally {
    steerings.delete(id);
  }
}

function reportOf(thrown: unknown): ErrorReport {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message } = error;
  if (!(error instanceof DivergedError)) return { name, message };
  const { trouble, record, checkpoint } = error;
  return {
    name,
    message,
    divergence: { trouble, record, lastGoodStep: checkpoint?.position.step },
  };
}
