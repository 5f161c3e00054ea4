import type { HashField } from '../../experiment/experiment.js';
import type { Flow } from './flow.js';

const networkOrder: HashField[] = ['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'];

/** The chosen fields of a flow as the NIC feeds them to the hash: always in network order, whatever order was asked. */
export function flowBytes(flow: Flow, fields: HashField[]): Uint8Array {
  return Uint8Array.from(networkOrder.filter((field) => fields.includes(field)).flatMap((field) => fieldBytes(flow, field)));
}

function fieldBytes(flow: Flow, field: HashField): number[] {
  const value = flow[field];
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || value < 0 || value > 65535)
      throw new RangeError(`rxQueue: flow.${field} must be an integer from 0 to 65535, got ${value}`);
    return [value >> 8, value & 255];
  }
  const bytes = String(value)
    .split('.')
    .map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : Number.NaN));
  if (bytes.length !== 4 || !bytes.every((byte) => byte <= 255))
    throw new RangeError(`rxQueue: flow.${field} must be a dotted IPv4 address, got ${JSON.stringify(value)}`);
  return bytes;
}
