import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../src/index.js';
import { type Lock, takeLock } from '../../src/lab/lock.js';
import { hostsObstacle, NamespaceHosts } from './namespace-hosts.js';
import { wholeHostsTest } from './whole-hosts-test.js';

const why = hostsObstacle ?? (wholeHostsTest ? null : 'npm run test:hosts runs it');

// The machine may be busy with other things.
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(why)(`changes to target hosts${why ? ` (skipped: ${why})` : ''}`, () => {
  let hosts: NamespaceHosts;
  let lock: Lock;
  beforeAll(async () => {
    hosts = await NamespaceHosts.start();
    expect(hosts.mpps('hosts', 'prepare', file(), '--ssh-config', hosts.sshConfig()).status).toBe(0);
    lock = await takeLock({ waitS: 600 });
  }, 900_000);
  afterAll(async () => {
    await lock?.release();
    hosts?.stop();
  });

  const file = () =>
    hosts.file(
      'tuned hosts.yaml',
      `receiver:
  ssh: receiver
  interface: eth2
  addresses: [192.168.254.9/24]
  allow: [addresses, firewall, coalescing, rps, governor, sysctls]
  settings: { rxUsecs: 50, governor: performance, sysctls: { net.ipv4.udp_rmem_min: 8192, net.ipv4.no_such_setting: 1 } }
senders: [{ ssh: sender, interface: eth3, addresses: [192.168.254.30/24] }]
`,
    );
  // A reader on the softirq's CPU needs RPS on a veth.
  const experiment = (durationS: number) =>
    hosts.file(
      'experiment.json',
      JSON.stringify({
        id: 'tuned',
        sources: [{ offeredPps: 10_000, batchPackets: 16 }],
        receiver: { placements: [{ role: 'queue-cpu', queue: 0, index: 0 }] },
        durationS,
        warmUpS: 0.3,
      }),
    );
  const flags = () => ['--hosts', file(), '--ssh-config', hosts.sshConfig(), '--folder', path.join(hosts.folder, 'runs'), '--json'];
  const state = () => ({
    addresses: hosts.on('receiver', 'ip', '-4', 'address', 'show', 'dev', 'eth2'),
    rules: hosts
      .on('receiver', 'iptables-save')
      .split('\n')
      .filter((line) => line.startsWith('-A')),
    rps: hosts.on('receiver', 'cat', '/sys/class/net/eth2/queues/rx-0/rps_cpus'),
    sysctl: hosts.on('receiver', 'cat', '/proc/sys/net/ipv4/udp_rmem_min'),
    journals: hosts.on('receiver', 'find', `${hosts.home('receiver')}/journal`, '-type', 'f'),
  });

  it('are told by a dry run, which makes none and sends nothing', () => {
    const before = [state(), hosts.sentPackets()];
    const { status, stdout } = hosts.mpps('measure', experiment(1), ...flags(), '--dry-run');
    const { lines } = JSON.parse(stdout) as { lines: string[] };
    expect(status).toBe(0);
    expect(lines).toEqual(
      expect.arrayContaining([
        'receiver: would set addresses to ["192.168.254.9/24"]',
        'receiver: would set firewall to {"port":4321,"sources":["192.168.254.30"]}',
        expect.stringMatching(/^receiver: would set rps to \d+$/),
        'sender-1: would change nothing',
        expect.stringMatching(/^receiver: would lease 192\.168\.254\.9 port 4321 for 10000000 packets per second, 30 s/),
        expect.stringMatching(/^sender-1: would send from eth3, .* to 192\.168\.254\.9 port 4321: UDP, 32 bytes, at most 10000 packets per second/),
      ]),
    );
    expect([state(), hosts.sentPackets()]).toEqual(before);
  });

  it('are made for a run, recorded with what the host refused in its own words, and undone', () => {
    const before = state();
    const { stdout, stderr } = hosts.mpps('measure', experiment(1), ...flags());
    expect(stdout, stderr).not.toBe('');
    const run = JSON.parse(stdout) as Run;
    const changes = run.hosts?.[0]?.changes ?? [];
    expect(changes).toEqual(
      expect.arrayContaining([
        'receiver: addresses: ip address add 192.168.254.9/24 dev eth2',
        'receiver: firewall: iptables -t filter -I INPUT -i eth2 -s 192.168.254.30 -p udp --dport 4321 -j ACCEPT',
        'receiver: firewall: iptables -t raw -I PREROUTING -i eth2 -s 192.168.254.30 -p udp --dport 4321 -j NOTRACK',
        expect.stringMatching(/^receiver: rps: .*rps_cpus: 0 -> \d+$/),
        expect.stringMatching(/^receiver: sysctls: .*udp_rmem_min: \d+ -> 8192$/),
        expect.stringMatching(/^receiver: sysctls: not changed: .*no_such_setting: No such file/),
        expect.stringMatching(/^receiver: coalescing: not changed: Cannot get device coalesce settings: Operation not supported$/),
        expect.stringMatching(/^receiver: governor: not changed: /),
      ]),
    );
    expect(run.outcome.notes).toEqual(expect.arrayContaining(changes.filter((line) => line.includes('not changed'))));
    expect(run.outcome.deliveredPackets).toBeGreaterThan(0);
    expect(state()).toEqual(before);
  });

  it('are undone at the next contact when the kit’s program was killed', async () => {
    const before = state();
    const { ended } = hosts.startMpps('measure', experiment(20), ...flags());
    await hosts.untilSending();
    hosts.on('receiver', 'pkill', '-KILL', '-f', 'targets/agent/main');
    await ended;
    expect(state()).not.toEqual(before);
    const { status, stdout } = hosts.mpps('hosts', 'check', file(), '--ssh-config', hosts.sshConfig());
    expect([status, stdout]).toEqual([0, expect.stringMatching(/receiver: ok: \d+ changes of dead runs were taken back/)]);
    expect(state()).toEqual(before);
  });
});
