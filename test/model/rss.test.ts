import { describe, expect, it } from 'vitest';
import { microsoftRssKey, rxQueue, toeplitzHash } from '../../src/model/index.js';

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
    hashKey: [...microsoftRssKey].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
  const flow = (n: number) => ({ sourceAddress: '192.168.254.30', destinationAddress: `192.168.254.${n}`, sourcePort: 11404, destinationPort: 4321 });

  it('spreads the article’s addresses as the table of 128 entries says, in whatever order fields are named', () => {
    expect(articleQueues.map((_, index) => rxQueue(nic, flow(index + 1)))).toEqual(articleQueues);
  });

  it('refuses an unknown key and a malformed address', () => {
    expect(() => rxQueue({ ...nic, hashKey: null }, flow(1))).toThrow(/rxQueue: nic.hashKey must be .*, got null/);
    expect(() => rxQueue(nic, { ...flow(1), destinationAddress: '1.2.3' })).toThrow(
      /rxQueue: flow.destinationAddress must be a dotted IPv4 address, got "1.2.3"/,
    );
  });
});

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
