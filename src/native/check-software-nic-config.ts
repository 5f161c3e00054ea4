import { Check } from './check.js';
import type { SoftwareNicConfig } from './contract.js';

const configFields = ['namespace', 'device', 'hashOfByte', 'indirectionTable', 'queues', 'ringPackets', 'rules'] as const;

/** Sizes of the memory that the program reads: nic_memory.h. */
const hashedBytes = 12;
const mostQueues = 1024;
const mostTableEntries = 4096;
/** A CPUMAP's own limit: kernel/bpf/cpumap.c. */
const mostRingPackets = 16_384;

/**
 * Checks a software NIC's config where it enters; the native code trusts it from there on.
 *
 * @throws TypeError or RangeError: `caller: field must be rule, got value`
 */
export function checkSoftwareNicConfig(caller: string, config: SoftwareNicConfig): void {
  const check = new Check(caller);
  check.fields('config', config, configFields);
  if (typeof config.namespace !== 'string' || config.namespace === '')
    throw new TypeError(`${caller}: namespace must be a path, got ${JSON.stringify(config.namespace)}`);
  check.device('device', config.device);
  if (!(config.hashOfByte instanceof Uint32Array))
    throw new TypeError(`${caller}: hashOfByte must be a Uint32Array, got ${typeof config.hashOfByte}`);
  check.integer('hashOfByte.length', config.hashOfByte.length, hashedBytes * 256, hashedBytes * 256);
  check.list('queues', config.queues, mostQueues);
  for (const [index, queue] of config.queues.entries()) {
    check.fields(`queues[${index}]`, queue, ['queue', 'cpu', 'hasSocket']);
    check.integer(`queues[${index}].queue`, queue.queue, 0, mostQueues - 1);
    check.integer(`queues[${index}].cpu`, queue.cpu, 0, 8191);
  }
  check.list('indirectionTable', config.indirectionTable, mostTableEntries);
  const entries = config.indirectionTable.length;
  if ((entries & (entries - 1)) !== 0) throw new RangeError(`${caller}: indirectionTable must have a power of two of entries, got ${entries}`);
  for (const [entry, queue] of config.indirectionTable.entries()) check.integer(`indirectionTable[${entry}]`, queue, 0, mostQueues - 1);
  check.integer('ringPackets', config.ringPackets, 1, mostRingPackets);
  if (!Array.isArray(config.rules)) throw new TypeError(`${caller}: rules must be a list, got ${typeof config.rules}`);
  for (const [index, rule] of config.rules.entries()) {
    check.fields(`rules[${index}]`, rule, ['destination', 'queue']);
    check.address(`rules[${index}].destination`, rule.destination);
    check.integer(`rules[${index}].queue`, rule.queue, 0, mostQueues - 1);
  }
}
