import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hostsObstacle, NamespaceHosts } from './namespace-hosts.js';
import { wholeHostsTest } from './whole-hosts-test.js';

// The machine may be busy with other things.
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(hostsObstacle)(`target hosts behind real OpenSSH servers${hostsObstacle ? ` (skipped: ${hostsObstacle})` : ''}`, () => {
  let hosts: NamespaceHosts;
  beforeAll(async () => {
    hosts = await NamespaceHosts.start();
  });
  afterAll(() => hosts?.stop());

  const run = (action: string, ...flags: string[]) => hosts.mpps('hosts', action, hosts.hostsFile(), '--ssh-config', hosts.sshConfig(), ...flags);
  const trace = (machine: 'receiver' | 'sender', home: string) => hosts.on(machine, 'find', home, '-name', '.million-packets');

  it('are told apart from prepared ones, prepared, checked, and left without a trace', () => {
    const bare = run('check');
    expect([bare.status, bare.stdout]).toEqual([3, expect.stringMatching(/sender-1: NOT OK: the kit is not there; run mpps hosts prepare/)]);

    const prepared = run('prepare');
    // Whichever is done first is told first.
    const told = prepared.stdout.trim().split('\n').sort();
    expect([prepared.status, told]).toEqual([0, ['receiver: the kit was copied', 'sender-1: the kit was copied']]);

    const checked = run('check', '--json');
    const report = JSON.parse(checked.stdout) as { hosts: { host: string; lines: string[]; isGood: boolean }[] };
    expect(report.hosts.map(({ host, isGood }) => [host, isGood])).toEqual([
      ['receiver', true],
      ['sender-1', true],
    ]);
    expect(report.hosts[0]?.lines.join('\n')).toMatch(/eth2: veth, 1 RX queues[\s\S]*control connection on ctl0/);

    const removed = run('remove');
    expect([removed.status, removed.stdout]).toEqual([0, 'receiver: the kit is gone\nsender-1: the kit is gone\n']);
    expect([trace('receiver', '/root'), trace('sender', '/home')]).toEqual(['', '']);
  });

  it('are refused in one line each when their host key is another', () => {
    const config = hosts.sshConfig({ UserKnownHostsFile: `"${hosts.wrongKnownHosts()}"` });
    const { status, stderr } = hosts.mpps('hosts', 'check', hosts.hostsFile(), '--ssh-config', config);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^receiver: its host key is not the one in your known_hosts; [^\n]*$/m);
  });

  it('are refused in one line each when they take none of the keys', () => {
    const config = hosts.sshConfig({ IdentityFile: `"${hosts.quoted('other-key')}"` });
    const { status, stderr } = hosts.mpps('hosts', 'check', hosts.hostsFile(), '--ssh-config', config);
    expect([status, stderr]).toEqual([3, expect.stringMatching(/^receiver: it refused every key that your ssh offered; [^\n]*$/m)]);
  });

  it('never get an interface that carries the control connection', () => {
    run('prepare');
    const file = hosts.file(
      'same.yaml',
      'receiver: { ssh: receiver, interface: ctl0, addresses: [10.99.1.2/24] }\nsenders: [{ ssh: sender, interface: ctl0, addresses: [10.99.2.2/24] }]\n',
    );
    const { status, stdout } = hosts.mpps('hosts', 'check', file, '--ssh-config', hosts.sshConfig());
    expect([status, stdout]).toEqual([3, expect.stringMatching(/receiver: NOT OK: ctl0 carries this SSH connection/)]);
    expect(stdout).toMatch(/NOT OK: 10\.99\.2\.2\/24 is on no network of ctl0/);
  });

  it.runIf(wholeHostsTest).each([
    ['before the kit is copied', 'size=3m', /^receiver: its disk has \d+ MB free where the home lies[^\n]*$/m, ''],
    // Room for bytes, but not for files: df does not see it coming.
    ['while the kit is copied', 'size=200m,nr_inodes=60', /^receiver: the kit could not be unpacked: [^\n]*$/m, 'journal\n'],
  ])('say that a disk is full %s, and keep nothing of it', async (_, home, message, left) => {
    const small = await NamespaceHosts.start({ home });
    try {
      const { status, stderr } = small.mpps('hosts', 'prepare', small.hostsFile(), '--ssh-config', small.sshConfig());
      expect([status, stderr]).toEqual([3, expect.stringMatching(message)]);
      expect(small.on('receiver', 'find', '/root', '-mindepth', '2', '-printf', '%f\n')).toBe(left);
    } finally {
      small.stop();
    }
  });
});
