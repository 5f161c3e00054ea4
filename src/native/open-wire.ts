import { checkSeconds } from './check-seconds.js';
import { checkWireConfig } from './check-wire-config.js';
import type { NativeSender, WireConfig } from './contract.js';
import { loadNative } from './load.js';

/**
 * Loads the wire in the network namespace of this thread; its thread waits for `start(seconds)`. One reading a source; the CPU time is
 * that of the one thread, and stands with the first source.
 *
 * @throws TypeError or RangeError for a wrong config; Error with code, errno and syscall when a system call fails, with the whole log of
 *   the verifier when it was that
 * @see Documentation/bpf/bpf_prog_run.rst, live packet mode (Linux 5.18)
 */
export function openWire(config: WireConfig): NativeSender {
  checkWireConfig('openWire', config);
  const wire = new (loadNative().NativeWire)(config);
  return {
    start(seconds) {
      checkSeconds('NativeSender.start', 'seconds', seconds);
      wire.start(seconds);
    },
    stop: () => wire.stop(),
    join: () => wire.join(),
    finished: () => wire.finished(),
    snapshot: () => wire.snapshot(),
  };
}
