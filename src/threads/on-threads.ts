import { Worker } from 'node:worker_threads';

/** Which threads work, and on what. */
export interface Threads {
  /** Most threads at a time; no more are started than there are tasks. */
  workers: number;
  /** What every thread finds in its workerData. */
  data: unknown;
  signal?: AbortSignal | undefined;
}

/**
 * Hands tasks to worker threads, the next one to whoever is free.
 *
 * @param script a module that answers by answerTasks()
 * @returns the answers in the order of the tasks, whoever answered which and when
 * @throws what a thread throws, or Error when one ends by itself; then the others are ended too
 * @throws {DOMException} named AbortError when the signal fires
 */
export async function onThreads<Answer>(script: URL, tasks: readonly unknown[], { workers, data, signal }: Threads): Promise<Answer[]> {
  signal?.throwIfAborted();
  const answers = new Array<Answer>(tasks.length);
  let handed = 0;
  const pool = Array.from({ length: Math.min(workers, tasks.length) }, () => new Worker(script, { workerData: data }));
  const end = () => Promise.all(pool.map((worker) => worker.terminate()));
  const work = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      let inHand = 0;
      const handNext = () => {
        if (handed === tasks.length) return resolve();
        inHand = handed++;
        worker.postMessage(tasks[inHand]);
      };
      worker.on('message', (answer: Answer) => {
        answers[inHand] = answer;
        handNext();
      });
      worker.on('error', reject);
      worker.on('exit', (code) =>
        reject(signal?.aborted ? signal.reason : new Error(`a worker thread must not end by itself, got exit code ${code}`)),
      );
      handNext();
    });
  signal?.addEventListener('abort', end, { once: true });
  try {
    await Promise.all(pool.map(work));
    return answers;
  } finally {
    signal?.removeEventListener('abort', end);
    await end();
  }
}
