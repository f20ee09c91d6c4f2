import { describe, expect, it } from 'vitest';
import { Engine } from '../../../src/notebook/engine/engine.ts';
import type { EngineListener } from '../../../src/notebook/engine/engine.ts';
import { compileCell } from '../../../src/notebook/engine/program.ts';

/** Writes down what cells tell. */
function recorder() {
  const log: string[] = [];
  let changed = (): void => {};
  const say = (text: string): void => {
    log.push(text);
    changed();
  };
  const listenerOf = (cell: string): EngineListener => ({
    started: () => say(`${cell} starts`),
    busy: () => {},
    display: (value) => say(`${cell} shows ${String(value)}`),
    control: () => {},
    value: (value) => say(`${cell} is ${String(value)}`),
    defined: (name, value) => say(`${name} = ${String(value)}`),
    finished: () => say(`${cell} ends`),
    stopped: () => say(`${cell} stopped`),
    failed: ({ message, line }) => say(`${cell} fails${line ? ` in ${line}` : ''}: ${message}`),
  });
  const until = (text: string): Promise<void> =>
    new Promise((resolve) => {
      changed = () => {
        if (log.includes(text)) resolve();
      };
      changed();
    });
  return { log, listenerOf, until };
}

describe('Engine', () => {
  const { log, listenerOf, until } = recorder();
  const engine = new Engine({ two: () => Promise.resolve(2) });
  const start = (cell: string, source: string): void =>
    engine.start(cell, compileCell(source), listenerOf(cell));
  const fresh = (): void => void log.splice(0);

  it('runs in the order of the names, whatever the order of the calls', async () => {
    start('last', 'sum * two');
    start('middle', 'const sum = a + 1;');
    start('first', 'const a = await Promise.resolve(1);');
    await until('last is 4');
    expect(log.indexOf('first ends')).toBeLessThan(log.indexOf('middle starts'));
    expect(log).toContain('sum = 2');
  });

  it('runs what depends on a cell again', async () => {
    fresh();
    start('first', 'const a = 10;');
    await until('last is 22');
    expect(log.filter((line) => line.endsWith('starts'))).toEqual([
      'first starts',
      'middle starts',
      'last starts',
    ]);
  });

  it('tells a failure once, with its line, and who suffers from it', async () => {
    fresh();
    start('first', 'const b = 1;\nconst a = b.c.d;');
    await until(
      "last fails: It needs sum, which has no value: Cannot read properties of undefined (reading 'd')",
    );
    expect(log.filter((line) => line.startsWith('first fails'))).toEqual([
      "first fails in 2: TypeError: Cannot read properties of undefined (reading 'd')",
    ]);
    expect(
      log.some((line) => line.startsWith('middle fails: It needs a, which has no value')),
    ).toBe(true);
  });

  it('follows an iterator, whose readers run for each value, and keeps its last when stopped', async () => {
    fresh();
    start(
      'ticks',
      'const tick = (async function* () { for (let i = 0; ; i++) { yield i; await new Promise((r) => setTimeout(r, 5)); } })();',
    );
    start('reader', 'tick + 100');
    await until('reader is 103');
    engine.stop('ticks');
    await until('ticks stopped');
    const seen = log.length;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(log.slice(seen).filter((line) => line.startsWith('tick = ')).length).toBeLessThanOrEqual(
      1,
    );
    expect(log.some((line) => line.includes('fails'))).toBe(false);
  });

  it('stops code that waits for ever, and can run the cell again', async () => {
    fresh();
    start('waits', 'const never = await new Promise(() => {});');
    await until('waits starts');
    engine.stop('waits');
    await until('waits stopped');
    start('waits', 'const never = 5;');
    await until('never = 5');
  });

  it('drops what an old run shows late', async () => {
    fresh();
    start('late', 'await new Promise((r) => setTimeout(r, 30)); display("old");');
    await until('late starts');
    start('late', 'display("new");');
    await until('late shows new');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(log).not.toContain('late shows old');
  });
});
