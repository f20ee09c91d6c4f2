import { expect, it } from 'vitest';
import { RunControl } from '../../../src/core/training/run-control.ts';

it('lets a run go on until it is paused, and again once it is resumed', async () => {
  const control = new RunControl();
  expect(await control.mayGoOn()).toBe(true);
  control.pause();
  let answer: boolean | undefined;
  const waiting = control.mayGoOn().then((value) => (answer = value));
  await new Promise((resolve) => setTimeout(resolve));
  expect(answer).toBeUndefined();
  control.resume();
  await waiting;
  expect(answer).toBe(true);
});

it('stays paused through pause, resume, pause', async () => {
  const control = new RunControl();
  control.pause();
  let answered = false;
  void control.mayGoOn().then(() => (answered = true));
  control.resume();
  control.pause();
  await new Promise((resolve) => setTimeout(resolve));
  expect(answered).toBe(false);
});

it('can be stopped while paused, for good', async () => {
  const control = new RunControl();
  control.pause();
  const waiting = control.mayGoOn();
  control.stop();
  expect(await waiting).toBe(false);
  control.resume();
  control.pause();
  expect(control.state).toBe('stopped');
});
