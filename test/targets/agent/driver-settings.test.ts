import { describe, expect, it } from 'vitest';
import { driverSettings } from '../../../src/targets/agent/tuning/driver-settings.js';

// Printed by ethtool 6.1; the shapes that Intel, Mellanox and Solarflare drivers give.
const channels = `Channel parameters for eth2:
Pre-set maximums:
RX:\t\tn/a
TX:\t\tn/a
Other:\t\t1
Combined:\t63
Current hardware settings:
RX:\t\tn/a
TX:\t\tn/a
Other:\t\t1
Combined:\t11
`;
const ring = `Ring parameters for eth2:
Pre-set maximums:
RX:\t\t4096
RX Mini:\tn/a
TX:\t\t4096
Current hardware settings:
RX:\t\t512
RX Mini:\tn/a
TX:\t\t512
`;
const coalescing = `Coalesce parameters for eth2:
Adaptive RX: off  TX: off
stats-block-usecs:\tn/a
rx-usecs:\t60
rx-frames:\t0
rx-usecs-irq:\t0
`;
const fields = (names: string[]) =>
  `UDP over IPV4 flows use these fields for computing Hash flow key:\n${names.map((name) => `${name}\n`).join('')}\n`;
const table = (rows: string[]) =>
  `RX flow hash indirection table for eth2 with 4 RX ring(s):\n${rows.join('\n')}\nRSS hash key:\n6d:5a:56:da:25:5b:0e:c2:41:67\nRSS hash function:\n    toeplitz: on\n    xor: off\n`;

describe('what ethtool prints of an interface', () => {
  it('gives the arguments that would set it so again', () => {
    expect(driverSettings.channels(channels)).toEqual(['combined', '11']);
    expect(driverSettings.ring(ring)).toEqual(['rx', '512']);
    expect(driverSettings.rxUsecs(coalescing)).toEqual(['rx-usecs', '60']);
    expect(driverSettings.hashFields(fields(['IP SA', 'IP DA']))).toEqual(['rx-flow-hash', 'udp4', 'sd']);
    expect(driverSettings.hashFields(fields(['IP SA', 'IP DA', 'L4 bytes 0 & 1 [TCP/UDP src port]', 'L4 bytes 2 & 3 [TCP/UDP dst port]']))).toEqual([
      'rx-flow-hash',
      'udp4',
      'sdfn',
    ]);
    expect(driverSettings.hashKey(table(['    0:      0     1     2     3']))).toEqual(['hkey', '6d:5a:56:da:25:5b:0e:c2:41:67']);
  });

  it('gives a table back only when it is the queues in turn, which alone can be set', () => {
    expect(driverSettings.spread(table(['    0:      0     1     2     3', '    4:      0     1     2     3']))).toEqual(['equal', '4']);
    expect(driverSettings.spread(table(['    0:      0     0     2     3', '    4:      0     1     2     3']))).toBeNull();
    expect(driverSettings.spread('')).toBeNull();
  });

  it('reads a table beside a key that an older driver does not tell', () => {
    const printed =
      'RX flow hash indirection table for eth2 with 2 RX ring(s):\n    0:      0     1     0     1\nRSS hash key:\nOperation not supported\n';
    expect(driverSettings.spread(printed)).toEqual(['equal', '2']);
    expect(driverSettings.hashKey(printed)).toBeNull();
  });

  it('gives nothing where the driver says nothing', () => {
    for (const read of Object.values(driverSettings)) expect(read('netlink error: Operation not supported\n')).toBeNull();
  });
});
