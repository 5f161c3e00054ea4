import { addressOf, type NamedHost, type NetworkAddress, type Tuning } from '../experiment/index.js';
import { bundleDigest } from './bundle.js';
import type { HostReport } from './for-each-host.js';
import { isNodeRecent } from './is-node-recent.js';
import { type HostClock, measureClock } from './measure-clock.js';
import { openLink } from './open-link.js';
import { type Probe, probeHost } from './probe-host.js';
import type { HostDescription } from './protocol/protocol.js';
import type { SshConnection } from './ssh/connection.js';

/** What a check found out about one thing. */
interface Finding {
  isGood: boolean;
  text: string;
}

const longestClockOffsetMs = 1000;
const leastFreeBytes = 100e6;
/** Programs that each consent needs on its host. */
const programOf: Partial<Record<Tuning, string>> = {
  addresses: 'ip',
  firewall: 'iptables',
  channels: 'ethtool',
  'hash-fields': 'ethtool',
  'hash-key': 'ethtool',
  'indirection-table': 'ethtool',
  ring: 'ethtool',
  coalescing: 'ethtool',
};

const good = (text: string): Finding => ({ isGood: true, text });
const bad = (text: string): Finding => ({ isGood: false, text });

/** Finds out whether a host can take part in a run, and says what to do where it cannot. Changes nothing there. */
export async function checkHost(
  connection: SshConnection,
  host: NamedHost,
  peers: readonly NetworkAddress[],
  allowRouted: boolean,
): Promise<Omit<HostReport, 'host'>> {
  const probe = await probeHost(connection);
  const findings = [good(`reachable as ${host.ssh}`), ...probed(probe)];
  if (probe.kitDigest === bundleDigest()) {
    const { link, hello } = await openLink(connection);
    try {
      const clock = await measureClock(link);
      const description = await link.ask('describe', { interface: host.interface });
      if (hello.undone) findings.push(good(`${hello.undone} changes of dead runs were taken back`));
      if (hello.busy) findings.push(bad('a run is in progress there; wait for its end'));
      findings.push(...described(host, description, clock));
    } finally {
      await link.close();
    }
  } else {
    findings.push(
      bad(probe.kitDigest === null ? 'the kit is not there; run mpps hosts prepare' : 'the kit there is another version; run mpps hosts prepare'),
    );
  }
  if (!allowRouted) findings.push(...separate(host, peers));
  return {
    lines: findings.map(({ isGood, text }) => `${host.name}: ${isGood ? 'ok' : 'NOT OK'}: ${text}`),
    isGood: findings.every(({ isGood }) => isGood),
  };
}

function probed({ system, architecture, nodeVersion, freeBytes }: Probe): Finding[] {
  const node = nodeVersion !== null && isNodeRecent(nodeVersion) ? `Node.js ${nodeVersion}` : 'no recent Node.js (prepare brings one)';
  return [
    system === 'Linux' && architecture === process.arch
      ? good(`${system} on ${architecture}, ${node}`)
      : bad(`${system} on ${architecture}: needs Linux on ${process.arch}, as this machine`),
    freeBytes >= leastFreeBytes
      ? good(`${Math.floor(freeBytes / 1e6)} MB free`)
      : bad(`${Math.floor(freeBytes / 1e6)} MB free where the home lies; make room, ${leastFreeBytes / 1e6} MB are wanted`),
  ];
}

function described(host: NamedHost, { host: machine, isRoot, programs, nic, controlInterfaces }: HostDescription, clock: HostClock): Finding[] {
  const offset = `clock ${clock.wallOffsetMs >= 0 ? 'ahead' : 'behind'} by ${Math.abs(Math.round(clock.wallOffsetMs))} ms`;
  const missing = [...new Set(host.allow.map((tuning) => programOf[tuning]).filter((program) => program && !programs[program]))];
  return [
    good(`${machine.name}`),
    Math.abs(clock.wallOffsetMs) <= longestClockOffsetMs ? good(offset) : bad(`${offset}; start an NTP client there, such as chrony`),
    isRoot || host.allow.length === 0
      ? good(isRoot ? 'root' : 'no root, and none is needed: nothing may be changed')
      : bad(`changing ${host.allow.join(', ')} needs root; log in as root, or set sudo and allow sudo without a password`),
    missing.length
      ? bad(`missing ${missing.join(', ')}; Debian: apt-get install ${missing.map((name) => (name === 'ip' ? 'iproute2' : name)).join(' ')}`)
      : good('programs'),
    ...(nic ? interfaceFindings(host, nic, controlInterfaces) : [bad(`there is no interface ${host.interface}; ip link lists them`)]),
  ];
}

function interfaceFindings(host: NamedHost, nic: NonNullable<HostDescription['nic']>, controlInterfaces: string[]): Finding[] {
  const speed = nic.speedMbps === null ? '' : `, ${nic.speedMbps} Mb/s`;
  const lacking = host.addresses.filter((address) => !nic.addresses.map(addressOf).includes(addressOf(address)));
  return [
    nic.carrier
      ? good(`${nic.interface}: ${nic.driver ?? 'driver unknown'}, ${nic.rxQueues} RX queues, MTU ${nic.mtuBytes}${speed}`)
      : bad(`${nic.interface} has no link; check the cable, and ip link set ${nic.interface} up`),
    controlInterfaces.includes(nic.interface)
      ? bad(`${nic.interface} carries this SSH connection; the test network must be another interface`)
      : good(`control connection on ${controlInterfaces.join(', ') || 'no interface that is known'}`),
    lacking.length === 0 || host.allow.includes('addresses')
      ? good(lacking.length ? `${lacking.join(', ')} will be added for each run` : `has ${host.addresses.join(', ')}`)
      : bad(`${nic.interface} lacks ${lacking.join(', ')}; add them, or allow: [addresses]`),
  ];
}

/** The hosts of a run must share a network, or packets would go to a router. */
function separate(host: NamedHost, peers: readonly NetworkAddress[]): Finding[] {
  const foreign = peers.find((peer) => !host.addresses.some((own) => networkOf(own, own) === networkOf(peer, own)));
  return foreign === undefined
    ? [good('its test network is that of the other side')]
    : [bad(`${foreign} is on no network of ${host.interface} (${host.addresses.join(', ')}); give both the same network, or set allowRouted`)];
}

function networkOf(address: NetworkAddress, prefixOf: NetworkAddress): number {
  const size = 2 ** (32 - Number(prefixOf.slice(prefixOf.indexOf('/') + 1)));
  return Math.floor(
    addressOf(address)
      .split('.')
      .reduce((sum, byte) => sum * 256 + Number(byte), 0) / size,
  );
}
