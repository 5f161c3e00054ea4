import { InputError } from './errors.js';
import { addressOf, type HostsFile, type NetworkAddress, type TargetHost } from './hosts-file.js';
import { hostsSchema } from './schemas.js';
import { validator } from './validator.js';

const validate = validator<HostsFile>(hostsSchema);

/** A TargetHost whose label is settled. */
export type NamedHost = TargetHost & { name: string };

/** A HostsFile whose hosts all have labels. */
export interface Hosts extends HostsFile {
  receiver: NamedHost;
  senders: NamedHost[];
}

/**
 * Turns a plain document into Hosts: fills defaults, names hosts that have no label by their role, refuses what cannot be meant.
 *
 * @throws {InputError} with one line that names field, rule and value
 */
export function parseHostsFile(value: unknown, where = 'hosts'): Hosts {
  const file = validate(value, where);
  const receiver = { name: 'receiver', ...file.receiver };
  const senders = file.senders.map((sender, index) => ({ name: `sender-${index + 1}`, ...sender }));
  const fields: [string, NamedHost][] = [
    ['receiver', receiver],
    ...senders.map((sender, index) => [`senders[${index}]`, sender] as [string, NamedHost]),
  ];
  refuseRepeats(where, 'name', fields, ({ name }) => [name]);
  refuseRepeats(where, 'ssh', fields, ({ ssh }) => [ssh]);
  refuseRepeats(where, 'addresses', fields, ({ addresses }) => addresses.map(addressOf));
  for (const [field, { addresses }] of fields) {
    for (const [index, address] of addresses.entries()) {
      if (!isHostAddress(address)) {
        throw new InputError(
          `${where}: ${field}.addresses[${index}] must be the address of one host on a test network, got ${JSON.stringify(address)}`,
        );
      }
    }
  }
  return { ...file, receiver, senders };
}

function refuseRepeats(where: string, what: string, hosts: [string, NamedHost][], valuesOf: (host: NamedHost) => string[]): void {
  const seen = new Map<string, string>();
  for (const [field, host] of hosts) {
    for (const value of valuesOf(host)) {
      const earlier = seen.get(value);
      if (earlier) throw new InputError(`${where}: ${field}.${what} must differ from that of ${earlier}, got ${JSON.stringify(value)}`);
      seen.set(value, field);
    }
  }
}

/** Not loopback, multicast, reserved or this-network, and neither the network's own nor its broadcast address. */
function isHostAddress(address: NetworkAddress): boolean {
  const bits = addressOf(address)
    .split('.')
    .reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const first = Math.floor(bits / 2 ** 24);
  if (first === 0 || first === 127 || first >= 224) return false;
  const size = 2 ** (32 - Number(address.slice(address.indexOf('/') + 1)));
  return size <= 2 || (bits % size !== 0 && bits % size !== size - 1);
}
