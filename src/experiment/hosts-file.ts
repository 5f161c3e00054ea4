import type { IPv4Address } from './scalars.js';

/** What a host's owner may let a run change; every change is journalled on that host and undone. */
export type Tuning =
  | 'addresses'
  | 'firewall'
  | 'channels'
  | 'hash-fields'
  | 'hash-key'
  | 'indirection-table'
  | 'ring'
  | 'coalescing'
  | 'irq-affinity'
  | 'rps'
  | 'governor'
  | 'sysctls';

/** One machine that is reached over SSH, and the interface that it is tested with. */
export interface TargetHost {
  /**
   * Label in messages and records: letters, digits, dots, hyphens and underscores. Left out: its role, such as sender-2.
   * @pattern ^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$
   */
  name?: string;
  ssh: SshDestination;
  interface: InterfaceName;
  /**
   * Its addresses on the test network. A receiver's stand for the article's 192.168.254.1, .2, … in this order.
   * @minItems 1
   * @maxItems 64
   */
  addresses: NetworkAddress[];
  /**
   * Whether the kit's program over there is started through `sudo -n`; changes need root, sending and receiving do not.
   * @default false
   */
  sudo: boolean;
  /**
   * What a run may change on this host; nothing is changed that is not listed.
   * @uniqueItems true
   * @default []
   */
  allow: Tuning[];
  /**
   * Settings that an Experiment does not name; each also needs its consent in `allow`.
   * @default {}
   */
  settings: HostSettings;
}

/** Settings of a host for the time of a run. */
export interface HostSettings {
  /**
   * Interrupt coalescing: microseconds that the NIC waits for more packets.
   * @asType integer
   * @minimum 0
   * @maximum 10000
   */
  rxUsecs?: number;
  /** CPU frequency governor of all CPUs. */
  governor?: 'performance' | 'powersave' | 'schedutil' | 'ondemand';
  /** Numbers of net.core and net.ipv4 by name, such as net.core.netdev_max_backlog. */
  sysctls?: Record<string, number>;
}

/** The most that any run may send; kept by the senders and by the receiver. */
export interface Caps {
  /**
   * Packets per second of all senders together.
   * @exclusiveMinimum 0
   * @maximum 1000000000
   * @default 10000000
   */
  maxPps: number;
  /**
   * Seconds of sending in one run.
   * @exclusiveMinimum 0
   * @maximum 3600
   * @default 30
   */
  maxSeconds: number;
  /**
   * Bytes of one run, UDP payload and 28 bytes of headers a packet.
   * @exclusiveMinimum 0
   * @default 20000000000
   */
  maxBytes: number;
}

/** The machines that an experiment runs on over SSH. */
export interface HostsFile {
  receiver: TargetHost;
  /**
   * Sources are dealt to them in turn.
   * @minItems 1
   * @maxItems 4096
   */
  senders: TargetHost[];
  /** @default {} */
  caps: Caps;
  /**
   * Whether test packets may pass a router; without it the receiver must be on a directly connected network.
   * @default false
   */
  allowRouted: boolean;
}

/**
 * What `ssh` takes: a host of your ssh configuration, user@host, or ssh://user@host:port; no options, spaces or control characters.
 * @pattern ^(ssh://)?([A-Za-z0-9_][A-Za-z0-9_.-]*@)?(\[[0-9A-Fa-f:.]+(%[A-Za-z0-9_.]+)?\](:\d{1,5})?|[A-Za-z0-9_:][A-Za-z0-9_.:-]*(%[A-Za-z0-9_.]+)?)$
 */
export type SshDestination = string;

/**
 * Name of a network interface, at most 15 letters, digits, dots, hyphens or underscores.
 * @pattern ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$
 */
export type InterfaceName = string;

/**
 * An IPv4 address with the length of its network's prefix, such as 192.168.254.1/24.
 * @pattern ^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)/([1-9]|[12]\d|3[0-2])$
 */
export type NetworkAddress = string;

/** The address of a NetworkAddress, without its prefix. @example addressOf('192.168.254.1/24') // => '192.168.254.1' */
export function addressOf(networkAddress: NetworkAddress): IPv4Address {
  return networkAddress.slice(0, networkAddress.indexOf('/'));
}
