import { checkReceiverConfig } from './check-receiver-config.js';
import type { NativeReceiver, ReceiverConfig } from './contract.js';
import { loadNative } from './load.js';

/**
 * Binds the sockets of a receiver in this process and starts to read, or waits for `start()` when `paused`.
 *
 * @throws TypeError or RangeError for a wrong config; Error with code, errno and syscall when a system call fails
 * @see `udpreceiver1.c` of the article: https://github.com/majek/dump/tree/master/how-to-receive-a-million-packets
 */
export function openReceiver(config: ReceiverConfig): NativeReceiver {
  checkReceiverConfig('openReceiver', config);
  return new (loadNative().NativeReceiver)(config);
}
