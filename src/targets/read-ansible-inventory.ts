import path from 'node:path';
import { HostError, type Hosts, InputError, parseHostsFile } from '../experiment/index.js';
import { findProgram, runCommand } from '../host/index.js';

type Variables = Record<string, unknown>;
interface Listing {
  _meta?: { hostvars?: Record<string, Variables> };
  [group: string]: { hosts?: string[]; children?: string[]; hostvars?: Record<string, Variables> } | undefined;
}

/**
 * Reads an Ansible inventory through `ansible-inventory --list`: the group `receiver` with one host, the group `senders`, and for each host the
 * variables `mpps_interface` and `mpps_addresses`; `mpps_sudo` and `mpps_allow` as the hosts file's fields. The inventory's `vars` of the group
 * `all` may hold `mpps_caps` and `mpps_allow_routed`. Dynamic inventories are programs, and Ansible runs them.
 *
 * @throws {HostError} when Ansible is not installed; {InputError} with one line that names inventory, field, rule and value
 */
export function readAnsibleInventory(file: string): Hosts {
  const name = path.basename(file);
  const program = findProgram('ansible-inventory');
  if (!program) throw new HostError('hosts: the program ansible-inventory is missing; Debian: apt-get install ansible-core, or write a hosts file');
  // An absolute path cannot be taken for an option.
  const listing = JSON.parse(runCommand([program, '-i', path.resolve(file), '--list'])) as Listing;
  const variables = listing._meta?.hostvars ?? {};
  const [receiver, ...others] = membersOf(listing, 'receiver');
  if (!receiver || others.length) throw new InputError(`${name}: group receiver must have one host, got ${others.length + (receiver ? 1 : 0)}`);
  const hostOf = (host: string) => targetOf(host, variables[host] ?? {});
  const shared = variables[receiver] ?? {};
  return parseHostsFile(
    {
      receiver: hostOf(receiver),
      senders: membersOf(listing, 'senders').map(hostOf),
      ...(shared.mpps_caps === undefined ? {} : { caps: shared.mpps_caps }),
      ...(shared.mpps_allow_routed === undefined ? {} : { allowRouted: shared.mpps_allow_routed }),
    },
    name,
  );
}

function membersOf(listing: Listing, group: string, seen: Set<string> = new Set()): string[] {
  if (seen.has(group)) return [];
  seen.add(group);
  const { hosts = [], children = [] } = listing[group] ?? {};
  return [...new Set([...hosts, ...children.flatMap((child) => membersOf(listing, child, seen))])];
}

/** Only names and numbers are taken from an inventory, never ssh options. */
function targetOf(name: string, variables: Variables): Variables {
  const { ansible_host: address = name, ansible_user: user, ansible_port: port } = variables;
  const bracketed = String(address).includes(':') ? `[${address}]` : String(address);
  const at = user === undefined ? '' : `${user}@`;
  const ssh = port === undefined ? `${at}${address}` : `ssh://${at}${bracketed}:${port}`;
  const optional = { sudo: variables.mpps_sudo, allow: variables.mpps_allow };
  return {
    name,
    ssh,
    interface: variables.mpps_interface,
    addresses: variables.mpps_addresses,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
