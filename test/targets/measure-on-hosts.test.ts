import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { article, isAsRegistered, type Run, readRun } from '../../src/index.js';
import { type Lock, takeLock } from '../../src/lab/lock.js';
import { readRuns, runsFolder } from '../../src/records/read-runs.js';
import { readHostsFile, targetHostFile } from '../../src/targets/index.js';
import { hostsObstacle, NamespaceHosts, type Printed } from './namespace-hosts.js';
import { wholeHostsTest } from './whole-hosts-test.js';

const gentle = { id: 'gentle', sources: [{ offeredPps: 20_000, batchPackets: 16 }], durationS: 1, warmUpS: 0.3 };
const long = { ...gentle, id: 'long', durationS: 8 };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// Runs wait for each other's processes on a machine that may be busy; no test here measures how long anything takes but silence.
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(hostsObstacle)(`measure on target hosts${hostsObstacle ? ` (skipped: ${hostsObstacle})` : ''}`, () => {
  let hosts: NamespaceHosts;
  let lock: Lock;
  beforeAll(async () => {
    hosts = await NamespaceHosts.start();
    expect(prepare().status).toBe(0);
    lock = await takeLock({ waitS: 600 });
  }, 900_000);
  afterAll(async () => {
    await lock?.release();
    hosts?.stop();
  });

  const prepare = () => hosts.mpps('hosts', 'prepare', hosts.hostsFile(), '--ssh-config', hosts.sshConfig());
  const measureArguments = (experiment: object | string, folder: string, file = hosts.hostsFile()) => [
    'measure',
    typeof experiment === 'string' ? experiment : hosts.file('experiment.json', JSON.stringify(experiment)),
    ...['--hosts', file, '--ssh-config', hosts.sshConfig(), '--folder', path.join(hosts.folder, folder), '--json'],
  ];
  const measure = (experiment: object | string, folder: string, file?: string) => hosts.mpps(...measureArguments(experiment, folder, file));
  const start = (experiment: object | string, folder: string) => hosts.startMpps(...measureArguments(experiment, folder));
  const records = (folder: string) => (existsSync(path.join(hosts.folder, folder)) ? readdirSync(path.join(hosts.folder, folder)) : []);
  const runOf = ({ stdout, stderr }: Printed) => {
    expect(stdout, stderr).not.toBe('');
    return JSON.parse(stdout) as Run & { file: string };
  };
  const lastLine = ({ stderr }: Printed) => stderr.trim().split('\n').at(-1);
  const expectNothingLeft = async () => {
    for (let tries = 0; tries < 50 && hosts.programs('sender').includes('node'); tries++) await pause(100);
    expect(hosts.programs('sender')).not.toContain('node');
    expect(await hosts.isSilent()).toBe(true);
  };

  it('closes the account across hosts, records both and the prediction, and leaves nothing running', async () => {
    const run = runOf(measure(gentle, 'runs'));
    expect(run.outcome.offeredPackets).toBeGreaterThan(10_000);
    expect(run.outcome.unaccountedPackets).toBe(0);
    expect(run.hosts?.map(({ role, name, nic }) => [role, name, nic.driver])).toEqual([
      ['receiver', 'receiver', 'veth'],
      ['sender', 'sender-1', 'veth'],
    ]);
    expect(isAsRegistered(run)).toBe(true);
    expect(records('runs')).toEqual([`${run.name}.json`]);
    expect(readRun(run.file).name).toBe(run.name);
    expect(hosts.programs('receiver')).not.toContain('node');
    await expectNothingLeft();
  });

  it('refuses what the hosts file does not allow, before anything is registered or sent', async () => {
    const before = hosts.sentPackets();
    for (const [caps, message] of [
      ['{ maxPps: 10000 }', /caps\.maxPps: the hosts file allows 10000 packets per second, the experiment plans 20000$/],
      ['{ maxSeconds: 1 }', /caps\.maxSeconds: the hosts file allows 1 s of sending/],
    ] as const) {
      const printed = measure(gentle, 'refused', hosts.hostsFile(`caps: ${caps}`));
      expect([printed.status, printed.stdout, lastLine(printed)]).toEqual([3, '', expect.stringMatching(message)]);
    }
    const elsewhere = measure({ ...gentle, sources: [{ ...gentle.sources[0], destinations: ['192.168.254.20'] }] }, 'refused', hosts.hostsFile());
    expect([elsewhere.status, lastLine(elsewhere)]).toEqual([
      3,
      expect.stringMatching(/receiver has 4 addresses in the hosts file, none for 192\.168\.254\.20/),
    ]);
    expect(records('refused')).toEqual([]);
    expect(hosts.sentPackets()).toBe(before);
  });

  it('stops within a second when whoever leads the run is killed, and leaves nothing', async () => {
    const { pid, ended } = start(long, 'killed');
    await hosts.untilSending();
    process.kill(pid, 'SIGKILL');
    await pause(1000);
    expect(await hosts.isSilent()).toBe(true);
    await ended;
    await expectNothingLeft();
    // The registration stays as evidence of a run that began.
    expect(records('killed')).toEqual([expect.stringMatching(/^long-.*\.pending\.json$/)]);
  });

  describe.runIf(wholeHostsTest)('thoroughly', () => {
    it.each(['pinned', 'two-ips', 'reuseport-four', 'two-threads-one-socket'])('runs the article’s %s end to end', (id) => {
      expect(Object.keys(article.experiments)).toContain(id);
      const printed = measure(id, 'article', hosts.hostsFile());
      const run = runOf(printed);
      expect([0, 4]).toContain(printed.status);
      expect(run.outcome.deliveredPackets).toBeGreaterThan(0);
      expect(Math.abs(run.outcome.unaccountedPackets ?? Number.NaN)).toBeLessThanOrEqual(0.001 * (run.outcome.offeredPackets ?? 0));
    });

    it('keeps and marks what was measured when the control connection of the receiver goes dark, and is silent within a second', async () => {
      const { ended } = start(long, 'dark');
      await hosts.untilSending();
      await pause(1500);
      hosts.on('receiver', 'ip', 'link', 'set', 'ctl0', 'down');
      try {
        await pause(1000);
        expect(await hosts.isSilent()).toBe(true);
        const printed = await ended;
        expect(printed.status).toBe(4);
        expect(runOf(printed).doubts[0]).toMatch(/^only a part of the run: /);
        expect(records('dark')).toEqual([`${runOf(printed).name}.json`]);
      } finally {
        hosts.on('receiver', 'ip', 'link', 'set', 'ctl0', 'up');
      }
      await expectNothingLeft();
    });

    it('accounts honestly for packets that a cut test network swallowed', async () => {
      const { ended } = start(long, 'cut');
      await hosts.untilSending();
      await pause(1500);
      hosts.on('receiver', 'ip', 'link', 'set', 'eth2', 'down');
      try {
        const printed = await ended;
        const run = runOf(printed);
        const { offeredPackets = 0, deliveredPackets = 0, lossesPackets = {}, unaccountedPackets = 0 } = run.outcome;
        const lost = Object.values(lossesPackets).reduce((sum, packets) => sum + packets, 0);
        expect(deliveredPackets + lost + unaccountedPackets).toBe(offeredPackets);
        expect(run.doubts).not.toEqual([]);
      } finally {
        hosts.on('receiver', 'ip', 'link', 'set', 'eth2', 'up');
      }
      await expectNothingLeft();
    });

    it('studies an experiment there: calibrates the receiver, registers by that, and predicts later runs by it too', async () => {
      const folder = path.join(runsFolder, `test-hosts-${process.pid}`);
      const kept = targetHostFile(readHostsFile(hosts.hostsFile()).receiver);
      rmSync(kept, { force: true });
      try {
        const study = [
          'study',
          hosts.file('gentle.json', JSON.stringify(gentle)),
          '--repeats',
          '2',
          '--gate',
          'off',
          '--name',
          path.basename(folder),
        ];
        const { ended } = hosts.startMpps(...study, '--hosts', hosts.hostsFile(), '--ssh-config', hosts.sshConfig(), '--json');
        const printed = await ended;
        expect(printed.status, printed.stderr).toBe(0);
        const { runs } = readRuns(folder);
        expect(runs.map(({ experiment, facts }) => [experiment.id, facts.study])).toEqual(Array(2).fill(['gentle', path.basename(folder)]));
        for (const run of runs) {
          expect(run.host.origin).toMatch(/^calibrated .* by \d+ runs over the network$/);
          expect(Object.values(run.host.costs).map(({ origin }) => origin)).toContain('calibration');
          expect(isAsRegistered(run)).toBe(true);
        }
        expect(runOf(measure(gentle, 'after-study')).host.origin).toBe(runs.at(-1)?.host.origin);
      } finally {
        rmSync(kept, { force: true });
        rmSync(folder, { recursive: true, force: true });
      }
      await expectNothingLeft();
    }, 600_000);

    it('ends on Ctrl-C with nothing left', async () => {
      const { pid, ended } = start(long, 'interrupted');
      await hosts.untilSending();
      process.kill(pid, 'SIGINT');
      expect((await ended).status).toBe(130);
      await expectNothingLeft();
    });

    it('lets one of two users measure and tells the other that the host is busy', async () => {
      const { ended } = start({ ...long, durationS: 25 }, 'first');
      await hosts.untilSending();
      const second = measure(gentle, 'second');
      expect([second.status, second.stdout, lastLine(second)]).toEqual([
        3,
        '',
        expect.stringMatching(/^mpps: \S+: .*another measurement is running/),
      ]);
      expect(records('second')).toEqual([]);
      const printed = await ended;
      expect(runOf(printed).outcome.unaccountedPackets).toBe(0);
    });

    it.each([
      ['garbage', 'console.log("Welcome!");setTimeout(() => {}, 5000)', /receiver: it does not speak the kit's protocol/],
      [
        'an endless line',
        'const x = "x".repeat(65536); const more = () => process.stdout.write(x, more); more();',
        /receiver: it does not speak the kit's protocol \(a line must be at most/,
      ],
      [
        'nothing but silence after its greeting and escape codes',
        'process.stderr.write("\\u001b[2Jgone\\n"); process.exit(7)',
        /receiver: the kit's program ended: \[2Jgone$/,
      ],
      [
        'a lease that nobody asked for',
        `import { spawn } from 'node:child_process';
const real = spawn(process.execPath, [new URL('./real.js', import.meta.url).pathname], { stdio: ['inherit', 'pipe', 'inherit'] });
real.stdout.on('data', (chunk) => process.stdout.write(chunk.toString().replace('"addresses":["192.168.254.1"]', '"addresses":["192.0.2.1"]')));
real.on('exit', () => process.exit());`,
        /receiver: the lease that it granted is not the one that was asked for/,
      ],
      [
        'an answer that was never asked for',
        `import { spawn } from 'node:child_process';
const real = spawn(process.execPath, [new URL('./real.js', import.meta.url).pathname], { stdio: ['inherit', 'pipe', 'inherit'] });
real.stdout.on('data', (chunk) => process.stdout.write(chunk.toString() + '{"id":4711,"answer":{}}\\n'));
real.on('exit', () => process.exit());`,
        /receiver: it does not speak the kit's protocol \(an answer that nobody asked for\)/,
      ],
    ])('gets along with an agent that sends %s: one line, nothing sent', async (_, program, message) => {
      const restore = hosts.replaceAgent('receiver', program);
      const before = hosts.sentPackets();
      try {
        const printed = measure(gentle, 'hostile');
        expect([printed.status, printed.stdout, lastLine(printed)]).toEqual([3, '', expect.stringMatching(message)]);
        expect(hosts.sentPackets()).toBe(before);
        expect(records('hostile')).toEqual([]);
      } finally {
        restore();
      }
      await expectNothingLeft();
    });

    it('tells how wrong a clock is, and measures all the same', () => {
      const restore = hosts.replaceAgent('sender', 'const now = Date.now; Date.now = () => now() + 3_600_000; await import("./real.js");');
      try {
        const { status, stdout } = hosts.mpps('hosts', 'check', hosts.hostsFile(), '--ssh-config', hosts.sshConfig());
        expect([status, stdout]).toEqual([3, expect.stringMatching(/sender-1: NOT OK: clock ahead by 3\d{6} ms; start an NTP client there/)]);
        const run = runOf(measure(gentle, 'skewed'));
        expect(run.outcome.unaccountedPackets).toBe(0);
        expect(run.hosts?.[1]?.clock.wallOffsetMs).toBeGreaterThan(3_590_000);
      } finally {
        restore();
      }
    });

    it.each(['sender', 'receiver'] as const)('keeps and marks what was measured when the %s dies in the middle', async (machine) => {
      const { ended } = start(long, `dead-${machine}`);
      await hosts.untilSending();
      await pause(1500);
      hosts.kill(machine);
      if (machine === 'receiver') {
        await pause(1000);
        expect(await hosts.isSilent()).toBe(true);
      }
      const printed = await ended;
      expect(printed.status).toBe(4);
      expect(runOf(printed).doubts[0]).toMatch(/^only a part of the run: /);
      await hosts.restart(machine);
      expect(prepare().status).toBe(0);
      expect(runOf(measure(gentle, `after-${machine}`)).outcome.unaccountedPackets).toBe(0);
    });

    it('starts several senders together and keeps their counters apart', async () => {
      const bridged = await NamespaceHosts.start({ bridged: true });
      try {
        const file = bridged.file(
          'three.yaml',
          `receiver: { ssh: receiver, interface: eth2, addresses: [192.168.254.1/24] }
senders:
  - { ssh: sender, interface: eth3, addresses: [192.168.254.30/24] }
  - { ssh: jump, interface: eth4, addresses: [192.168.254.31/24] }
`,
        );
        const config = bridged.sshConfig();
        expect(bridged.mpps('hosts', 'prepare', file, '--ssh-config', config).status).toBe(0);
        const source = { offeredPps: 5000, batchPackets: 16 };
        const experiment = bridged.file(
          'two.json',
          JSON.stringify({ ...gentle, id: 'two', sources: [source, { ...source, offeredPps: 2500 }, source] }),
        );
        const run = runOf(bridged.mpps('measure', experiment, '--hosts', file, '--ssh-config', config, '--folder', bridged.folder, '--json'));
        expect(run.hosts?.map(({ name }) => name)).toEqual(['receiver', 'sender-1', 'sender-2']);
        const [first = 0, second = 0, third = 0] = run.samples.at(-1)?.senders.map(({ packets }) => packets) ?? [];
        expect(run.outcome.offeredPackets).toBe(first + second + third);
        expect(Math.min(first, third)).toBeGreaterThan(second);
        expect(run.outcome.unaccountedPackets).toBe(0);
      } finally {
        bridged.stop();
      }
    });
  });
});
