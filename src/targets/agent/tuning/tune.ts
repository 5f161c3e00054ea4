import { readdirSync } from 'node:fs';
import type { Tuning } from '../../../experiment/index.js';
import { type Change, cpuMask, firewallRule, type Journal, runCommand } from '../../../host/index.js';
import type { NicFacts, TuningWishes } from '../../protocol/protocol.js';
import { changeDriver } from './change-driver.js';
import { changeSetting } from './change-setting.js';
import { driverSettings } from './driver-settings.js';
import { queueInterrupts, servingCpus } from './queue-interrupts.js';
import { runEthtool } from './run-ethtool.js';

/** Where changes are made. */
interface Place {
  journal: Journal;
  nic: NicFacts;
  controlDevices: readonly string[];
  wishes: TuningWishes;
}

/** One way to change a host; undefined when the run does not wish it. Each returns lines for the record. */
const verbs: Record<Tuning, (place: Place) => (() => string)[]> = {
  addresses: ({ journal, nic, wishes: { addresses = [] } }) =>
    addresses
      .filter((address) => !nic.addresses.includes(address))
      .map((address) => () => {
        journal.willChange({ kind: 'address', name: nic.interface, address });
        runCommand(['ip', 'address', 'add', address, 'dev', nic.interface]);
        return `ip address add ${address} dev ${nic.interface}`;
      }),
  firewall: ({ journal, nic, wishes: { firewall } }) =>
    (firewall?.sources ?? []).flatMap((source) =>
      (['ACCEPT', 'NOTRACK'] as const).map((target) => () => {
        const rule: Change = { kind: 'firewall', name: nic.interface, target, source, port: firewall?.port ?? 0 };
        journal.willChange(rule);
        const argv = firewallRule('-I', rule);
        runCommand(argv);
        return argv.join(' ');
      }),
    ),
  // The number of queues first: it resets table and key, and a table of more queues than there are is refused.
  channels: ({ wishes: { channels }, journal, nic: { interface: device } }) =>
    channels ? [() => changeDriver(journal, device, '-L', ['combined', String(channels)], ['-l'], driverSettings.channels, tableAndKey(device))] : [],
  ring: ({ wishes: { ringPackets }, ...place }) => driver(place, '-G', ringPackets && ['rx', String(ringPackets)], ['-g'], driverSettings.ring),
  'hash-fields': ({ wishes: { hashFields }, ...place }) =>
    driver(place, '-N', hashFields && ['rx-flow-hash', 'udp4', hashFields], ['-n', 'rx-flow-hash', 'udp4'], driverSettings.hashFields),
  'hash-key': ({ wishes: { hashKey }, ...place }) =>
    driver(place, '-X', hashKey && ['hkey', (hashKey.match(/../g) ?? []).join(':')], ['-x'], driverSettings.hashKey),
  'indirection-table': ({ wishes: { spreadOver }, ...place }) =>
    driver(place, '-X', spreadOver && ['equal', String(spreadOver)], ['-x'], driverSettings.spread),
  coalescing: ({ wishes: { rxUsecs }, ...place }) =>
    driver(place, '-C', rxUsecs === undefined ? undefined : ['rx-usecs', String(rxUsecs)], ['-c'], driverSettings.rxUsecs),
  'irq-affinity': ({ journal, nic, controlDevices, wishes: { queueCpus = [] } }) =>
    queueCpus.map(({ queue, cpu }) => () => {
      if (servingCpus(controlDevices).has(cpu))
        throw new Error(`interrupt of queue ${queue} to CPU ${cpu}: not done, that CPU serves the control connection`);
      const irq = queueInterrupts(nic.interface).get(queue);
      if (irq === undefined) throw new Error(`interrupt of queue ${queue} to CPU ${cpu}: ${nic.interface} has no interrupt of that name`);
      return changeSetting(journal, `/proc/irq/${irq}/smp_affinity_list`, String(cpu));
    }),
  rps: ({ journal, nic, wishes: { rpsCpu } }) =>
    rpsCpu === undefined
      ? []
      : queuesOf(nic.interface).map(
          (queue) => () => changeSetting(journal, `/sys/class/net/${nic.interface}/queues/${queue}/rps_cpus`, cpuMask(rpsCpu)),
        ),
  governor: ({ journal, wishes: { governor } }) =>
    governor === undefined
      ? []
      : cpuNames().map((cpu) => () => changeSetting(journal, `/sys/devices/system/cpu/${cpu}/cpufreq/scaling_governor`, governor)),
  sysctls: ({ journal, wishes: { sysctls = {} } }) =>
    Object.entries(sysctls).map(([name, value]) => () => {
      if (!/^net\.(core|ipv4)\.[a-z0-9_]+$/.test(name)) throw new Error(`${name}: only numbers of net.core and net.ipv4 are changed`);
      return changeSetting(journal, `/proc/sys/${name.replaceAll('.', '/')}`, String(value));
    }),
};

/**
 * Makes the changes that a run wishes and the hosts file allows, each journalled before it is made. What a host does not support is reported in
 * its own words, as the article reports what its NIC refused, and the rest goes on.
 *
 * @returns one line a change that was made or refused
 */
export function tune(place: Place, allow: readonly Tuning[]): string[] {
  return (Object.keys(verbs) as Tuning[]).flatMap((verb) =>
    allow.includes(verb)
      ? verbs[verb](place).map((change) => {
          try {
            return `${verb}: ${change()}`;
          } catch (error) {
            return `${verb}: not changed: ${(error as Error).message.replaceAll('\n', ' ')}`;
          }
        })
      : [],
  );
}

/** The arguments of ethtool that bring back indirection table and key of an interface, as far as it has them. */
function tableAndKey(device: string): { option: '-X'; before: string[] }[] {
  try {
    const printed = runEthtool('-x', device);
    return [driverSettings.hashKey(printed), driverSettings.spread(printed)].flatMap((before) => (before ? [{ option: '-X' as const, before }] : []));
  } catch {
    // Most drivers with one queue have neither.
    return [];
  }
}

function driver(
  { journal, nic }: Omit<Place, 'wishes'>,
  option: Extract<Change, { kind: 'ethtool' }>['option'],
  wanted: string[] | '' | 0 | undefined,
  show: string[],
  undo: (printed: string) => string[] | null,
): (() => string)[] {
  return wanted ? [() => changeDriver(journal, nic.interface, option, wanted, show, undo)] : [];
}

function queuesOf(device: string): string[] {
  return readdirSync(`/sys/class/net/${device}/queues`).filter((queue) => queue.startsWith('rx-'));
}

function cpuNames(): string[] {
  return readdirSync('/sys/devices/system/cpu').filter((name) => /^cpu\d+$/.test(name));
}
