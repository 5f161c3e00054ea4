import { isIPv4 } from 'node:net';

/** A change to the host that can be taken back; `name` is what was changed. */
export type Change =
  /** A network namespace that was made. */
  | { kind: 'namespace'; name: string }
  /** A file of /proc or /sys that holds one setting. */
  | { kind: 'setting'; name: string; before: string; after: string }
  /** An address, with its prefix, that an interface was given. */
  | { kind: 'address'; name: string; address: string }
  /** A firewall rule for UDP packets from one address to one port of an interface. */
  | { kind: 'firewall'; name: string; target: 'ACCEPT' | 'NOTRACK'; source: string; port: number }
  /** A setting of an interface's driver, and the arguments of ethtool that bring the old one back. */
  | { kind: 'ethtool'; name: string; option: '-C' | '-G' | '-L' | '-N' | '-X'; before: string[] };

const settings = [
  /^\/proc\/sys\/net\/(core|ipv4)\/[a-z0-9_]+$/,
  /^\/proc\/irq\/\d+\/smp_affinity_list$/,
  /^\/sys\/class\/net\/[\w.-]{1,15}\/queues\/rx-\d+\/rps_cpus$/,
  /^\/sys\/devices\/system\/cpu\/cpu\d+\/cpufreq\/scaling_governor$/,
];

/** Says whether a network namespace bears this kit's mark: no other is ever touched. */
export function isOurNamespace(name: unknown): boolean {
  return typeof name === 'string' && /^mpps-[a-z0-9-]+$/.test(name);
}

/** Says whether a value is a change that the kit makes: whatever else stands in a journal is not taken back. */
export function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null) return false;
  const change = value as Record<string, unknown>;
  const { kind, name } = change;
  const isDevice = typeof name === 'string' && /^\w[\w.-]{0,14}$/.test(name);
  switch (kind) {
    case 'namespace':
      return isOurNamespace(name);
    case 'setting':
      return typeof name === 'string' && settings.some((pattern) => pattern.test(name)) && [change.before, change.after].every(isPlain);
    case 'address':
      return isDevice && /^[\d.]+\/\d+$/.test(String(change.address));
    case 'firewall':
      return isDevice && ['ACCEPT', 'NOTRACK'].includes(String(change.target)) && isIPv4(String(change.source)) && Number.isInteger(change.port);
    case 'ethtool':
      return isDevice && /^-[CGLNX]$/.test(String(change.option)) && Array.isArray(change.before) && change.before.every(isPlain);
    default:
      return false;
  }
}

function isPlain(text: unknown): boolean {
  return typeof text === 'string' && /^[\w:, -]{0,4000}$/.test(text);
}
