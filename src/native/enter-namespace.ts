import { loadNative } from './load.js';

/**
 * Moves the calling thread into the network namespace at `path`, such as `/run/netns/wire` or `/proc/PID/ns/net`.
 * Threads that it creates afterwards follow; those that exist already stay.
 *
 * @throws TypeError for a path that is none; Error with code, errno and syscall (`open` or `setns`) when the kernel refuses
 */
export function enterNamespace(path: string): void {
  if (typeof path !== 'string' || path === '') throw new TypeError(`enterNamespace: path must be a path, got ${JSON.stringify(path)}`);
  loadNative().enterNamespace(path);
}
