import type { HashField } from '../experiment/index.js';
import { hashCollision } from '../model/formulas/hash-collision.js';
import type { Flow } from '../model/rss/flow.js';
import { flowBytes } from '../model/rss/flow-bytes.js';
import { microsoftRssKey } from '../model/rss/microsoft-rss-key.js';
import type { RssNic } from '../model/rss/rss-nic.js';
import { rxQueue } from '../model/rss/rx-queue.js';
import { symmetricRssKey } from '../model/rss/symmetric-rss-key.js';
import { tableOf } from '../model/rss/table-of.js';
import { toeplitzHash } from '../model/rss/toeplitz-hash.js';
import { formatPercent } from '../plot/format-percent.js';
import type { Settings } from './control.js';
import type { Explorable } from './explorable.js';
import { type HashSteps, hashPicture } from './hash-picture.js';

const keys: Record<string, Uint8Array> = { microsoft: microsoftRssKey, symmetric: symmetricRssKey };
const fieldSets: Record<string, HashField[]> = {
  addresses: ['sourceAddress', 'destinationAddress'],
  ports: ['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'],
};

/** From the header of a packet to its RX queue. */
export const hashingExplorable: Explorable = {
  name: 'hashing',
  title: 'From an address to a queue',
  question: 'Which queue does my packet reach, and why does another address help when another port does not?',
  invitation: 'Change the last digit of the destination; then change a port, under each choice of fields.',
  usesArticle: false,
  controls: () => [
    { kind: 'text', name: 'sourceAddress', label: 'source address', initial: '192.168.254.30' },
    { kind: 'text', name: 'destinationAddress', label: 'destination address', initial: '192.168.254.1' },
    { kind: 'text', name: 'sourcePort', label: 'source port', initial: '11404' },
    { kind: 'text', name: 'destinationPort', label: 'destination port', initial: '4321' },
    {
      kind: 'choice',
      name: 'fields',
      label: 'the NIC hashes',
      options: [
        { value: 'addresses', label: 'addresses (sd)' },
        { value: 'ports', label: 'addresses and ports (sdfn)' },
      ],
      initial: 'addresses',
    },
    {
      kind: 'choice',
      name: 'key',
      label: 'RSS key',
      options: [
        { value: 'microsoft', label: "Microsoft's test key" },
        { value: 'symmetric', label: 'symmetric (6d5a …)' },
      ],
      initial: 'microsoft',
    },
    { kind: 'range', name: 'queues', label: 'RX queues', low: 1, high: 16, step: 1, initial: 4, scale: 'linear', format: (queues) => `${queues}` },
    { kind: 'range', name: 'flows', label: 'flows of mine', low: 1, high: 32, step: 1, initial: 4, scale: 'linear', format: (flows) => `${flows}` },
  ],
  draw(settings, widthPx) {
    const steps = stepsOf(settings);
    const { hash, entry, queue, table, neighbours } = steps;
    const [flows, queues] = [Number(settings.flows), Number(settings.queues)];
    const reached = new Set(neighbours.map((neighbour) => neighbour.queue)).size;
    const sentence =
      `The hash is 0x${hash.toString(16).padStart(8, '0')}; its low ${Math.log2(table.length)} bits are ${entry}, and entry ${entry} of the indirection table says queue ${queue}. ` +
      `The ${neighbours.length} addresses about this one reach ${reached} of ${queues} queues.`;
    return {
      svg: hashPicture(steps, widthPx, sentence),
      card: `<p>${sentence}</p><p>If nobody chose the addresses: ${flows} flow${flows === 1 ? '' : 's'} on ${queues} queue${queues === 1 ? '' : 's'} share one with probability <b>${formatPercent(hashCollision(flows, queues))}</b>.</p>`,
    };
  },
};

function stepsOf(settings: Settings): HashSteps {
  const hashFields = fieldSets[String(settings.fields)] ?? [];
  const key = keys[String(settings.key)] ?? microsoftRssKey;
  const nic: RssNic = {
    queues: Number(settings.queues),
    hashFields,
    hashKey: Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
  const flow: Flow = {
    sourceAddress: String(settings.sourceAddress).trim(),
    destinationAddress: String(settings.destinationAddress).trim(),
    sourcePort: Number(settings.sourcePort),
    destinationPort: Number(settings.destinationPort),
  };
  const table = tableOf('rxQueue', nic);
  const hash = toeplitzHash(key, flowBytes(flow, hashFields));
  return {
    fields: (['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'] as const).map((field) => ({
      name: fieldNames[field],
      value: String(flow[field]),
      bytes: [...flowBytes(flow, [field])],
      isHashed: hashFields.includes(field),
    })),
    hash,
    table,
    entry: hash % table.length,
    queue: rxQueue(nic, flow),
    neighbours: neighboursOf(flow.destinationAddress).map((address) => ({ address, queue: rxQueue(nic, { ...flow, destinationAddress: address }) })),
  };
}

const fieldNames: Record<HashField, string> = {
  sourceAddress: 'source address',
  destinationAddress: 'destination address',
  sourcePort: 'source port',
  destinationPort: 'destination port',
};

/** Sixteen addresses in a row, the given one among them; an IPv6 address has itself only. */
function neighboursOf(address: string): string[] {
  const bytes = address.split('.').map(Number);
  if (bytes.length !== 4) return [address];
  const first = (bytes[3] ?? 0) & 0xf0;
  return Array.from({ length: 16 }, (_, offset) => [...bytes.slice(0, 3), first + offset].join('.'));
}
