/** The compute worker: data, tensors and training live here. It answers calls by id. */
import { RunControl } from '../core/training/run-control.ts';
import type { CallName, Calls, Request, Response } from '../protocol/compute.ts';
import { startThread } from './kernel-threads.ts';
import { Session } from './session.ts';
import { verdictMemory } from './verdict-memory.ts';
import type { Steering } from './session.ts';

const steerings = new Map<number, Steering>();
let session: Session | undefined;

const post = (response: Response): void => self.postMessage(response);

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.type === 'call') return void answer(data);
  const steering = steerings.get(data.id);
  steering?.control[data.action]();
  if (data.action === 'stop') steering?.abort.abort();
};

async function answer(call: Extract<Request, { type: 'call' }>): Promise<void> {
  const { id } = call;
  session ??= new Session(call.baseUrl, startThread, verdictMemory(call.baseUrl));
  const steering = { control: new RunControl(), abort: new AbortController() };
  steerings.set(id, steering);
  try {
    const emit = (event: Calls[CallName]['event']): void => post({ type: 'event', id, event });
    post({ type: 'result', id, result: await dispatch(session, call, emit, steering) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    post({ type: 'error', id, error: { name, message } });
  } finally {
    steerings.delete(id);
  }
}

function dispatch(
  to: Session,
  call: Extract<Request, { type: 'call' }>,
  emit: (event: Calls[CallName]['event']) => void,
  steering: Steering,
): Promise<Calls[CallName]['result']> {
  switch (call.name) {
    case 'load':
      return to.load(emit, steering.abort.signal);
    case 'train':
      return to.train(call.request, emit, steering);
    case 'testEngines':
      return to.testEngines();
    case 'judge':
      return to.judge(call.request);
    case 'sample':
      return to.sample(call.request, steering.abort.signal);
  }
}
