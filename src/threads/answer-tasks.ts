import { parentPort } from 'node:worker_threads';

/** In a worker thread of onThreads(): answers one task after the other. */
export function answerTasks<Task, Answer>(answer: (task: Task) => Answer): void {
  parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(task)));
}
