import { describe, expect, it } from 'vitest';
import { onThreads } from '../../src/threads/on-threads.js';

const script = new URL('./task-thread.mjs', import.meta.url);
const data = { offset: 100 };

describe('worker threads', () => {
  it.each([1, 2, 5, 40])('%i of them answer in the order of the tasks, whoever is done first', async (workers) => {
    const tasks = Array.from({ length: 12 }, (_, number) => ({ number, waitMs: number % 3 === 0 ? 30 : 0 }));
    expect(await onThreads(script, tasks, { workers, data })).toEqual(tasks.map(({ number }) => 100 + number * number));
  });

  it('have nothing to do for no tasks', async () => {
    expect(await onThreads(script, [], { workers: 2, data })).toEqual([]);
  });

  it('all end when one of them throws, with its error', async () => {
    const running = onThreads(
      script,
      [
        { number: 1, does: 'hang' },
        { number: 2, does: 'throw' },
      ],
      { workers: 2, data },
    );
    await expect(running).rejects.toThrow(new RangeError('number must be small, got 2'));
  });

  it('all end when one of them ends by itself', async () => {
    const running = onThreads(
      script,
      [
        { number: 1, does: 'hang' },
        { number: 2, does: 'end' },
      ],
      { workers: 2, data },
    );
    await expect(running).rejects.toThrow(/^a worker thread must not end by itself, got exit code 7$/);
  });

  it('all end on an abort, also in the middle of a task, and do not begin after one', async () => {
    const abort = new AbortController();
    const tasks = [{ number: 1, does: 'hang' }, { number: 2 }];
    const running = onThreads(script, tasks, { workers: 2, data, signal: abort.signal });
    setTimeout(() => abort.abort(), 100);
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await expect(onThreads(script, tasks, { workers: 2, data, signal: abort.signal })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });
});
