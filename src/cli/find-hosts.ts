import { existsSync } from 'node:fs';
import { type Hosts, InputError } from '../experiment/index.js';
import { readAnsibleInventory, readHostsFile, TargetHosts } from '../targets/index.js';

/** Flags of the commands that reach target hosts. */
export const hostsFlags = {
  ansible: { value: true as const, text: 'FILE is an Ansible inventory (read by ansible-inventory, which may run it)' },
  'ssh-config': { value: 'FILE', text: 'an ssh configuration instead of your own' },
};

/** Flags of the commands that run here, or on target hosts instead. */
export const targetFlags = {
  hosts: { value: 'FILE', text: 'do it on the machines of this hosts file instead' },
  ...hostsFlags,
};

/** The target hosts that a command names with --hosts; null for this machine. @throws {InputError} of one line */
export function findTarget(flags: Record<string, string | boolean>): TargetHosts | null {
  if (typeof flags.hosts !== 'string') return null;
  if (flags.path !== undefined) throw new InputError('--path must come without --hosts: on target hosts packets go the way of their network cards');
  return new TargetHosts(findHosts(flags.hosts, flags), findSshConfig(flags));
}

/** Reads the hosts that a command names. @throws {InputError} of one line */
export function findHosts(file: string, flags: Record<string, string | boolean>): Hosts {
  return flags.ansible === true ? readAnsibleInventory(file) : readHostsFile(file);
}

/** The ssh configuration that a command names; null for the user's own. @throws {InputError} when there is none */
export function findSshConfig(flags: Record<string, string | boolean>): string | null {
  const file = flags['ssh-config'];
  if (typeof file !== 'string') return null;
  if (!existsSync(file)) throw new InputError(`--ssh-config must be a file that exists, got ${JSON.stringify(file)}`);
  return file;
}
