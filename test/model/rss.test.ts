import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indirectionTable, microsoftRssKey, queueWeights, rxQueue, symmetricRssKey, toeplitzHash } from '../../src/model/index.js';

const ipv4: [string, number, string, number, number, number][] = [
  ['161.142.100.80', 1766, '66.9.149.187', 2794, 0x323e8fc2, 0x51ccc178],
  ['65.69.140.83', 4739, '199.92.111.2', 14230, 0xd718262a, 0xc626b0ea],
  ['12.22.207.184', 38024, '24.19.198.95', 12898, 0xd2d0a5de, 0x5c2b394a],
  ['209.142.163.6', 2217, '38.27.205.30', 48228, 0x82989176, 0xafc7327f],
  ['202.188.127.2', 1303, '153.39.163.191', 44251, 0x5d1809c5, 0x10e828a2],
];

const ipv6: [string, number, string, number, number, number][] = [
  ['3ffe:2501:200:3::1', 1766, '3ffe:2501:200:1fff::7', 2794, 0x2cc18cd5, 0x40207d3d],
  ['ff02::1', 4739, '3ffe:501:8::260:97ff:fe40:efab', 14230, 0x0f0c461c, 0xdde51bbf],
  ['fe80::200:f8ff:fe21:67cf', 38024, '3ffe:1900:4545:3:200:f8ff:fe21:67cf', 44251, 0x4b61e985, 0x02d1feef],
];

/** Queues of 192.168.254.1 to .20 with the Microsoft key and 11 queues, computed independently for the domain facts. */
const articleQueues = [8, 3, 3, 5, 10, 7, 3, 5, 1, 6, 9, 1, 9, 1, 3, 4, 0, 8, 2, 2];

describe('toeplitzHash', () => {
  it.each(ipv4)('reproduces the Microsoft vector to %s:%i', (destination, destinationPort, source, sourcePort, addresses, withPorts) => {
    const input = [...ipv4Bytes(source), ...ipv4Bytes(destination)];
    expect(toeplitzHash(microsoftRssKey, Uint8Array.from(input))).toBe(addresses);
    expect(toeplitzHash(microsoftRssKey, Uint8Array.from([...input, ...portBytes(sourcePort), ...portBytes(destinationPort)]))).toBe(withPorts);
  });

  it.each(ipv6)('reproduces the Microsoft vector to %s', (destination, destinationPort, source, sourcePort, addresses, withPorts) => {
    const input = [...ipv6Bytes(source), ...ipv6Bytes(destination)];
    expect(toeplitzHash(microsoftRssKey, Uint8Array.from(input))).toBe(addresses);
    expect(toeplitzHash(microsoftRssKey, Uint8Array.from([...input, ...portBytes(sourcePort), ...portBytes(destinationPort)]))).toBe(withPorts);
  });

  it('refuses a key that is too short, by name', () => {
    expect(() => toeplitzHash(microsoftRssKey.subarray(0, 15), new Uint8Array(12))).toThrow(
      /^toeplitzHash: key must be at least 16 bytes for 12 bytes of input, got 15$/,
    );
    expect(() => toeplitzHash([] as unknown as Uint8Array, new Uint8Array(1))).toThrow(TypeError);
  });
});

describe('rxQueue', () => {
  const nic = {
    queues: 11,
    hashFields: ['destinationAddress' as const, 'sourceAddress' as const],
    hashKey: hexadecimal(microsoftRssKey),
  };
  const flow = (n: number) => ({ sourceAddress: '192.168.254.30', destinationAddress: `192.168.254.${n}`, sourcePort: 11404, destinationPort: 4321 });

  it('spreads the article’s addresses as the table of 128 entries says, in whatever order fields are named', () => {
    expect(articleQueues.map((_, index) => rxQueue(nic, flow(index + 1)))).toEqual(articleQueues);
  });

  it.each([...ipv4, ...ipv6])(
    'takes both families and all fields: to %s:%i',
    (destinationAddress, destinationPort, sourceAddress, sourcePort, two, four) => {
      const wide = { queues: 65536, hashKey: nic.hashKey, indirectionTable: Array.from({ length: 65536 }, (_, entry) => entry) };
      const wideFlow = { sourceAddress, destinationAddress, sourcePort, destinationPort };
      expect(rxQueue({ ...wide, hashFields: ['sourceAddress', 'destinationAddress'] }, wideFlow)).toBe(two % 65536);
      expect(rxQueue({ ...wide, hashFields: [...allFields] }, wideFlow)).toBe(four % 65536);
    },
  );

  it('follows a table of its own', () => {
    const hash = toeplitzHash(microsoftRssKey, Uint8Array.from([...ipv4Bytes('192.168.254.30'), ...ipv4Bytes('192.168.254.1')]));
    const table = indirectionTable([1, 0, 5, 2], 256);
    expect(rxQueue({ ...nic, queues: 4, indirectionTable: table }, flow(1))).toBe(table[hash % 256]);
    expect(rxQueue({ ...nic, queues: 4, indirectionTable: [2] }, flow(1))).toBe(2);
    expect(rxQueue({ ...nic, indirectionTable: null }, flow(1))).toBe(8);
    expect(() => rxQueue({ ...nic, indirectionTable: [0, 1, 2] }, flow(1))).toThrow(
      new RangeError('rxQueue: nic.indirectionTable must have a power of two of entries, up to 65536, got 3'),
    );
    expect(() => rxQueue({ ...nic, indirectionTable: [0, 11] }, flow(1))).toThrow(
      new RangeError('rxQueue: nic.indirectionTable[1] must be a queue from 0 to 10, got 11'),
    );
  });

  it('sends both directions to one queue under the symmetric key, and not under another', () => {
    const ipv4Address = fc.ipV4();
    const ipv6Address = fc.ipV6();
    const port = fc.integer({ min: 0, max: 65535 });
    const wide = { queues: 128, hashFields: [...allFields] };
    for (const address of [ipv4Address, ipv6Address]) {
      fc.assert(
        fc.property(address, address, port, port, (sourceAddress, destinationAddress, sourcePort, destinationPort) => {
          const there = { sourceAddress, destinationAddress, sourcePort, destinationPort };
          const back = {
            sourceAddress: destinationAddress,
            destinationAddress: sourceAddress,
            sourcePort: destinationPort,
            destinationPort: sourcePort,
          };
          const symmetric = { ...wide, hashKey: hexadecimal(symmetricRssKey) };
          expect(rxQueue(symmetric, back)).toBe(rxQueue(symmetric, there));
        }),
        { seed: 1, numRuns: 200 },
      );
    }
    const there = { sourceAddress: '66.9.149.187', destinationAddress: '161.142.100.80', sourcePort: 2794, destinationPort: 1766 };
    const back = { sourceAddress: '161.142.100.80', destinationAddress: '66.9.149.187', sourcePort: 1766, destinationPort: 2794 };
    const other = { ...wide, hashKey: nic.hashKey };
    expect(rxQueue(other, back)).not.toBe(rxQueue(other, there));
  });

  it('refuses two families in one flow, and IPv6 with ports under a short key', () => {
    expect(() => rxQueue(nic, { ...flow(1), destinationAddress: 'fe80::1' })).toThrow(
      new RangeError('rxQueue: flow.sourceAddress and flow.destinationAddress must be of one family, got 192.168.254.30 and fe80::1'),
    );
    const six = { sourceAddress: 'fe80::1', destinationAddress: 'fe80::2', sourcePort: 1, destinationPort: 2 };
    expect(() => rxQueue({ queues: 2, hashFields: [...allFields], hashKey: nic.hashKey.slice(0, 78) }, six)).toThrow(
      new RangeError('toeplitzHash: key must be at least 40 bytes for 36 bytes of input, got 39'),
    );
  });

  it('refuses an unknown key and a malformed address', () => {
    expect(() => rxQueue({ ...nic, hashKey: null }, flow(1))).toThrow(/rxQueue: nic.hashKey must be .*, got null/);
    expect(() => rxQueue(nic, { ...flow(1), destinationAddress: '1.2.3' })).toThrow(
      /rxQueue: flow.destinationAddress must be an IPv4 or IPv6 address, got "1.2.3"/,
    );
  });
});

describe('indirection tables', () => {
  it('are filled as ethtool fills them', () => {
    expect(indirectionTable([6, 1, 1], 8)).toEqual([0, 0, 0, 0, 0, 0, 1, 2]);
    expect(indirectionTable([1, 1, 1], 8)).toEqual([0, 0, 1, 1, 1, 2, 2, 2]);
    expect(queueWeights({ queues: 4, indirectionTable: indirectionTable([1, 0, 5, 2]) })).toEqual([16, 0, 80, 32]);
  });

  it('hold a queue in every entry, whatever the weights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }), (weights) => {
        fc.pre(weights.some((weight) => weight > 0));
        const sum = weights.reduce((total, weight) => total + weight, 0);
        const owned = queueWeights({ queues: weights.length, indirectionTable: indirectionTable(weights) });
        for (const [queue, weight] of weights.entries()) expect(Math.abs((owned[queue] ?? 0) - (128 * weight) / sum)).toBeLessThan(1);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('refuse weights that do not fit', () => {
    expect(() => indirectionTable([0, 0])).toThrow(new RangeError('indirectionTable: weights must add up to a number from 1 to 128, got 0'));
    expect(() => indirectionTable([9], 8)).toThrow(new RangeError('indirectionTable: weights must add up to a number from 1 to 8, got 9'));
    expect(() => indirectionTable([1, -1])).toThrow(new RangeError('indirectionTable: weights[1] must be an integer from 0, got -1'));
    expect(() => indirectionTable([1], 100)).toThrow(new RangeError('indirectionTable: entries must be a power of two up to 65536, got 100'));
  });
});

const allFields = ['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'] as const;

function hexadecimal(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function ipv4Bytes(address: string): number[] {
  return address.split('.').map(Number);
}

function ipv6Bytes(address: string): number[] {
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string) => (text ? text.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
  return all.flatMap((group) => [group >> 8, group & 255]);
}

function portBytes(port: number): number[] {
  return [port >> 8, port & 255];
}
