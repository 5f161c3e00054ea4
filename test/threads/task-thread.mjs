// A thread for the tests: answers { square }, throws, ends, or never answers.
import { parentPort, workerData } from 'node:worker_threads';

parentPort.on('message', async ({ number, waitMs = 0, does = 'square' }) => {
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  if (does === 'throw') throw new RangeError(`number must be small, got ${number}`);
  if (does === 'end') process.exit(7);
  if (does === 'hang') for (;;);
  parentPort.postMessage(workerData.offset + number * number);
});
