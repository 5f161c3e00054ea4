import { checkSeconds } from './check-seconds.js';
import { checkSenderConfig } from './check-sender-config.js';
import type { NativeSender, SenderConfig } from './contract.js';
import { loadNative } from './load.js';

/**
 * Opens the sockets of a sender in this process; its threads wait for `start(seconds)`.
 *
 * @throws TypeError or RangeError for a wrong config; Error with code, errno and syscall when a system call fails
 * @see `udpsender.c` of the article: https://github.com/majek/dump/tree/master/how-to-receive-a-million-packets
 */
export function openSender(config: SenderConfig): NativeSender {
  checkSenderConfig('openSender', config);
  const sender = new (loadNative().NativeSender)(config);
  return {
    start(seconds) {
      checkSeconds('NativeSender.start', 'seconds', seconds);
      sender.start(seconds);
    },
    stop: () => sender.stop(),
    join: () => sender.join(),
    finished: () => sender.finished(),
    snapshot: () => sender.snapshot(),
  };
}
