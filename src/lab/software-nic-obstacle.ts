import { labNetwork } from '../experiment/index.js';
import { openWire } from '../native/open-wire.js';

const nobody = '02:00:00:00:00:00';

/** What keeps this machine from having a software NIC, in a few words; null when nothing does. Tries it out, and sends nothing. */
export function softwareNicObstacle(): string | null {
  try {
    const wire = openWire({
      cpu: null,
      device: 'lo',
      sourceMac: nobody,
      destinationMac: nobody,
      sourceAddress: labNetwork.sender,
      destinationPort: 1,
      payloadBytes: 0,
      batchRuns: 1,
      sources: [{ flows: [{ destination: labNetwork.sender, sourcePort: 1 }], offeredPps: 1 }],
    });
    wire.stop();
    wire.join();
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPERM') return 'BPF needs root';
    if (code === 'EINVAL' || code === 'ENOTSUP' || code === 'EOPNOTSUPP')
      return `this kernel runs no XDP programs on live frames, which came with 5.18 (${code})`;
    return message.split('\n')[0] ?? message;
  }
}
