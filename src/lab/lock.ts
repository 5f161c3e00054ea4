import net from 'node:net';
import { HostError } from '../experiment/index.js';

/** Abstract Unix socket: one a machine, and the kernel drops it with the process, also after kill -9. */
const measurementName = '\0million-packets.measurement';

/** Held while something is measured. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the machine's measurement lock; two runs at once would spoil each other.
 *
 * @param options waitS: how long to wait for another run to end; onWait: told once when there is one; name, held: another lock, and what to say
 *   when somebody has it
 * @throws {HostError} when another run still holds it
 */
export async function takeLock({
  waitS = 120,
  name = measurementName,
  held = 'measure: another measurement is running on this machine; wait for it to end',
  onWait = () => {},
}: {
  waitS?: number;
  name?: string;
  held?: string;
  onWait?: () => void;
} = {}): Promise<Lock> {
  let hasWaited = false;
  const deadline = Date.now() + waitS * 1000;
  for (;;) {
    const server = net.createServer((client) => client.end());
    const taken = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
      server.listen(name, () => resolve(true));
    });
    // A lock must not keep the process alive.
    if (taken) return { release: () => new Promise((resolve) => server.unref().close(() => resolve())) };
    if (Date.now() >= deadline) throw new HostError(held);
    if (!hasWaited) onWait();
    hasWaited = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
