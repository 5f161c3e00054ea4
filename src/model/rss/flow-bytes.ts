import type { HashField } from '../../experiment/nic.js';
import { addressBytes } from './address-bytes.js';
import type { Flow } from './flow.js';

const networkOrder: HashField[] = ['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'];

/** The chosen fields of a flow as the NIC feeds them to the hash: always in network order, whatever order was asked. */
export function flowBytes(flow: Flow, fields: HashField[]): Uint8Array {
  const chosen = networkOrder.filter((field) => fields.includes(field)).map((field) => fieldBytes(flow, field));
  if (new Set(chosen.map(({ length }) => length).filter((length) => length > 2)).size > 1) {
    throw new RangeError(
      `rxQueue: flow.sourceAddress and flow.destinationAddress must be of one family, got ${flow.sourceAddress} and ${flow.destinationAddress}`,
    );
  }
  return Uint8Array.from(chosen.flat());
}

function fieldBytes(flow: Flow, field: HashField): number[] {
  const value = flow[field];
  if (field === 'sourcePort' || field === 'destinationPort') {
    const port = Number(value);
    if (typeof value !== 'number' || !Number.isInteger(port) || port < 0 || port > 65535)
      throw new RangeError(`rxQueue: flow.${field} must be an integer from 0 to 65535, got ${JSON.stringify(value)}`);
    return [port >> 8, port & 255];
  }
  const bytes = addressBytes(String(value));
  if (!bytes) throw new RangeError(`rxQueue: flow.${field} must be an IPv4 or IPv6 address, got ${JSON.stringify(value)}`);
  return bytes;
}
