import { labNetwork } from '../experiment/index.js';
import { openSoftwareNic } from '../native/open-software-nic.js';
import { openWire } from '../native/open-wire.js';
import { meaningOf } from './receive-path-obstacle.js';

const nobody = '02:00:00:00:00:00';

/** What keeps this machine from having a software NIC, in a few words; null when nothing does. Tries it out, and sends nothing. */
export function softwareNicObstacle(): string | null {
  const refusal = refusalOf(tryWire) ?? refusalOf(tryNic);
  return refusal === null ? null : (meaningOf(refusal) ?? refusal.message.split('\n')[0] ?? refusal.message);
}

function refusalOf(attempt: () => void): Error | null {
  try {
    attempt();
    return null;
  } catch (error) {
    return error as Error;
  }
}

function tryWire(): void {
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
}

/** Loopback has no driver that could hold the NIC: where all else is there, that is the one thing that fails. */
function tryNic(): void {
  const refusal = refusalOf(() =>
    openSoftwareNic({
      namespace: '/proc/self/ns/net',
      device: 'lo',
      hashOfByte: new Uint32Array(12 * 256),
      indirectionTable: [0],
      queues: [{ queue: 0, cpu: 0 }],
      ringPackets: 1,
      rules: [],
    }).close(),
  );
  if (refusal && !/XDP on lo$/.test(refusal.message)) throw refusal;
}
