import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HashField } from '../../src/experiment/index.js';
import { labNetwork } from '../../src/experiment/index.js';
import { hashOfByte } from '../../src/lab/hash-of-byte.js';
import { Lab, labObstacles } from '../../src/lab/index.js';
import { microsoftRssKey, rxQueue } from '../../src/model/index.js';
import type { NativeSoftwareNic, SoftwareNicConfig, WireConfig } from '../../src/native/contract.js';
import { openSoftwareNic } from '../../src/native/open-software-nic.js';
import { spawnWorker } from '../../src/native/spawn-worker.js';
import { failure, receiverConfig, total, until } from './loopback.js';

const obstacles = labObstacles();
const port = 4321;
const addresses: HashField[] = ['sourceAddress', 'destinationAddress'];

let lab: Lab;
beforeAll(() => {
  if (!obstacles.length) lab = Lab.open();
});
afterAll(() => lab?.close());

const served = (count: number, cpu = (queue: number) => queue % 2) => Array.from({ length: count }, (_, queue) => ({ queue, cpu: cpu(queue) }));

function nicConfig(changes: Partial<SoftwareNicConfig> = {}): SoftwareNicConfig {
  return {
    namespace: lab.receiver.namespace,
    device: lab.receiver.device,
    hashOfByte: hashOfByte(microsoftRssKey, addresses),
    indirectionTable: [0],
    queues: [{ queue: 0, cpu: 0 }],
    ringPackets: 1024,
    rules: [],
    ...changes,
  };
}

function wireConfig(flows: WireConfig['sources'][number]['flows'], offeredPps: number | null): WireConfig {
  return {
    cpu: 0,
    device: lab.sender.device,
    sourceMac: lab.sender.mac,
    destinationMac: lab.receiver.mac,
    sourceAddress: labNetwork.sender,
    destinationPort: port,
    payloadBytes: 32,
    batchRuns: 64,
    sources: [{ flows, offeredPps }],
  };
}

/** Sends on the wire until its own end. @returns packets sent */
async function sendOn(config: WireConfig, seconds: number): Promise<number> {
  const wire = await spawnWorker({ role: 'wire', namespace: lab.sender.namespace, config });
  await wire.start(seconds);
  const sent = total(await wire.done);
  await wire.stop();
  return sent;
}

const sumOf = (nic: NativeSoftwareNic, counter: 'offered' | 'serviced') => nic.queues().reduce((sum, queue) => sum + queue[counter], 0);

/** Kernel threads that serve queues, by the number of their map. */
function servingThreads(): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const [, number] = /^cpumap\/\d+\/map:(\d+)$/m.exec(readFileSync(`/proc/${pid}/comm`, 'utf8')) ?? [];
      return number ? [Number(number)] : [];
    } catch {
      return [];
    }
  });
}

describe.skipIf(obstacles.length)(`software NIC and wire${obstacles.length ? ` (skipped: ${obstacles.join('; ')})` : ''}`, () => {
  const queues = 5;
  const table = Array.from({ length: 128 }, (_, entry) => entry % queues);
  const flows = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((host) =>
    [11404, 11405, 40_000].map((sourcePort) => ({ destination: `192.168.254.${host}`, sourcePort })),
  );

  it.each([
    ['addresses', microsoftRssKey, addresses],
    ['addresses and ports', microsoftRssKey, [...addresses, 'sourcePort', 'destinationPort'] as HashField[]],
    ['a source port alone', microsoftRssKey, ['sourcePort'] as HashField[]],
    ['another key', Uint8Array.from({ length: 52 }, (_, index) => (index * 167 + 13) & 255), addresses],
  ])('sends every flow to the queue that the model says: %s', async (_, key, hashFields) => {
    const nic = openSoftwareNic(nicConfig({ hashOfByte: hashOfByte(key, hashFields), indirectionTable: table, queues: served(queues, () => 1) }));
    try {
      const sent = await sendOn(wireConfig(flows, 20_000), 0.2);
      expect(sent).toBeGreaterThan(flows.length);
      const expected = Array<number>(queues).fill(0);
      for (const [index, { destination, sourcePort }] of flows.entries()) {
        const hashKey = Buffer.from(key).toString('hex');
        const flow = { sourceAddress: labNetwork.sender, destinationAddress: destination, sourcePort, destinationPort: port };
        // The wire takes its flows strictly in turn.
        expected[rxQueue({ queues, hashFields, hashKey }, flow)]! += Math.floor(sent / flows.length) + (index < sent % flows.length ? 1 : 0);
      }
      expect(nic.queues().map(({ offered }) => offered)).toEqual(expected);
    } finally {
      nic.close();
    }
  });

  it('lets a rule decide instead of the hash, for one destination address', async () => {
    const nic = openSoftwareNic(nicConfig({ queues: served(2), rules: [{ destination: '192.168.254.2', queue: 1 }] }));
    try {
      const sent = await sendOn(
        wireConfig(
          [
            { destination: '192.168.254.1', sourcePort: 1 },
            { destination: '192.168.254.2', sourcePort: 1 },
          ],
          10_000,
        ),
        0.1,
      );
      expect(nic.queues().map(({ offered }) => offered)).toEqual([Math.ceil(sent / 2), Math.floor(sent / 2)]);
    } finally {
      nic.close();
    }
  });

  it('drops what does not fit into a ring, and loses nothing else', async () => {
    const nic = openSoftwareNic(nicConfig({ queues: served(1, () => 1), ringPackets: 8 }));
    const receiver = await spawnWorker({
      role: 'receiver',
      namespace: lab.receiver.namespace,
      config: receiverConfig(port, { address: '0.0.0.0', threads: [{ cpu: 1 }] }),
    });
    try {
      const sent = await sendOn(wireConfig([{ destination: '192.168.254.1', sourcePort: 11404 }], null), 0.2);
      expect(sumOf(nic, 'offered')).toBe(sent);
      await until(async () => {
        const { sockets, threads } = await receiver.snapshot();
        return sockets[0]?.queuedBytes === 0 && total({ tNs: 0, latenessNs: 0, threads }) + sockets[0].dropped === sumOf(nic, 'serviced');
      });
      // A ring of eight cannot keep up with a flood in bulks of eight from another CPU.
      expect(sumOf(nic, 'serviced')).toBeLessThan(sent);
    } finally {
      await receiver.stop();
      nic.close();
    }
  });

  // A thousand kernel threads take ten seconds to start.
  const many = process.env.MPPS_SLOW === '1' ? 1024 : 64;
  it(`serves ${many} queues, and its threads go with it`, async () => {
    const nic = openSoftwareNic(
      nicConfig({
        indirectionTable: Array.from({ length: many }, (_, queue) => queue),
        queues: served(many),
        ringPackets: 64,
      }),
    );
    const numbers = nic.queues().map(({ mapNumber }) => mapNumber);
    const mine = () => servingThreads().filter((number) => numbers.includes(number));
    try {
      expect(new Set(mine()).size).toBe(many);
      const sent = await sendOn(wireConfig(flows, 20_000), 0.1);
      expect(sumOf(nic, 'offered')).toBe(sent);
    } finally {
      nic.close();
    }
    expect(nic.queues()).toEqual([]);
    await until(() => mine().length === 0);
  });

  it('leaves no program, link or thread behind after kill -9', async () => {
    const module = fileURLToPath(new URL('../../dist/native/open-software-nic.js', import.meta.url));
    const { hashOfByte: hash, ...rest } = nicConfig({ queues: served(2) });
    const source = `
      const { openSoftwareNic } = await import('${module}');
      const nic = openSoftwareNic({ ...${JSON.stringify(rest)}, hashOfByte: new Uint32Array(${hash.length}) });
      console.log(JSON.stringify(nic.queues().map(({ mapNumber }) => mapNumber)));
      setInterval(() => nic, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    const numbers = JSON.parse(String((await once(holder.stdout, 'data'))[0])) as number[];
    const link = () =>
      execFileSync('nsenter', [`--net=${lab.receiver.namespace}`, 'ip', 'link', 'show', 'dev', lab.receiver.device], { encoding: 'utf8' });
    expect(link()).toContain('xdp');
    expect(servingThreads()).toEqual(expect.arrayContaining(numbers));
    holder.kill('SIGKILL');
    await until(() => !link().includes('xdp') && !servingThreads().some((number) => numbers.includes(number)));
  });

  it('sends nothing after its deadline, even when JavaScript hangs, and nothing more than its schedule', async () => {
    const compiled = (name: string) => fileURLToPath(new URL(`../../dist/native/${name}.js`, import.meta.url));
    const nic = openSoftwareNic(nicConfig());
    const source = `
      const { enterNamespace } = await import('${compiled('enter-namespace')}');
      const { openWire } = await import('${compiled('open-wire')}');
      enterNamespace('${lab.sender.namespace}');
      const wire = openWire(${JSON.stringify(wireConfig([{ destination: '192.168.254.1', sourcePort: 1 }], 5000))});
      const hang = (ms) => { for (const end = performance.now() + ms; performance.now() < end; ); };
      wire.start(0.3);
      hang(700);
      const atDeadline = wire.snapshot().threads[0].packets;
      hang(300);
      console.log(JSON.stringify([wire.finished(), atDeadline, wire.snapshot().threads[0].packets]));`;
    const [finished, atDeadline, later] = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8', timeout: 20_000 }),
    ) as [boolean, number, number];
    nic.close();
    expect(finished).toBe(true);
    expect(atDeadline).toBeGreaterThan(0);
    expect(later).toBe(atDeadline);
    expect(atDeadline).toBeLessThanOrEqual(5000 * 0.3 + 1);
  });

  it('owes nothing: beside a busy program it skips what is a millisecond late, and counts that', async () => {
    const nic = openSoftwareNic(nicConfig({ queues: served(1, () => 1) }));
    const program = spawn('taskset', ['-c', '0', 'timeout', '10', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' });
    const [pps, seconds] = [20_000, 0.5];
    try {
      const wire = await spawnWorker({
        role: 'wire',
        namespace: lab.sender.namespace,
        config: wireConfig([{ destination: '192.168.254.1', sourcePort: 1 }], pps),
      });
      await wire.start(seconds);
      const { latenessNs, threads } = await wire.done;
      await wire.stop();
      const { packets, skipped = 0 } = threads[0]!;
      expect(skipped).toBeGreaterThan(0);
      expect(latenessNs).toBeLessThan(1e6);
      expect(packets + skipped).toBeLessThanOrEqual(pps * seconds + 1);
      expect(packets).toBe(sumOf(nic, 'offered'));
    } finally {
      program.kill();
      nic.close();
    }
  });

  it('ends at once when it is told to, or killed', async () => {
    const nic = openSoftwareNic(nicConfig());
    const flood = {
      role: 'wire',
      namespace: lab.sender.namespace,
      config: wireConfig([{ destination: '192.168.254.1', sourcePort: 1 }], null),
    } as const;
    const wire = await spawnWorker(flood);
    await wire.start(60);
    await until(async () => total(await wire.snapshot()) > 0);
    const { packets } = (await wire.stop()).threads[0]!;
    expect(packets).toBe(sumOf(nic, 'offered'));
    const killed = await spawnWorker(flood);
    await killed.start(60);
    killed.kill();
    expect(await failure(() => killed.done)).toMatchObject({ code: 'EWORKER' });
    nic.close();
  });

  it('says which call failed and why', async () => {
    expect(await failure(() => openSoftwareNic(nicConfig({ device: 'lo' })))).toMatchObject({ syscall: 'bpf', code: 'EOPNOTSUPP', errno: -95 });
    expect(await failure(() => openSoftwareNic(nicConfig({ device: 'eth9' })))).toMatchObject({ syscall: 'if_nametoindex', code: 'ENODEV' });
    expect(await failure(() => openSoftwareNic(nicConfig({ queues: [{ queue: 0, cpu: 8000 }] })))).toMatchObject({ syscall: 'bpf' });
    const nic = openSoftwareNic(nicConfig());
    expect(await failure(() => openSoftwareNic(nicConfig()))).toMatchObject({ syscall: 'bpf', code: 'EBUSY' });
    nic.close();
  });

  it('refuses a config that the programs have no room for, in one line', async () => {
    const message = async (action: () => unknown) => (await failure(action)).message;
    expect(await message(() => openSoftwareNic(nicConfig({ indirectionTable: [0, 0, 0] })))).toBe(
      'openSoftwareNic: indirectionTable must have a power of two of entries, got 3',
    );
    expect(await message(() => openSoftwareNic(nicConfig({ indirectionTable: [1024] })))).toBe(
      'openSoftwareNic: indirectionTable[0] must be an integer from 0 to 1023, got 1024',
    );
    expect(await message(() => openSoftwareNic(nicConfig({ ringPackets: 16_385 })))).toBe(
      'openSoftwareNic: ringPackets must be an integer from 1 to 16384, got 16385',
    );
    const wire = (changes: Partial<WireConfig>) =>
      spawnWorker({
        role: 'wire',
        namespace: null,
        config: { ...wireConfig([{ destination: '192.168.254.1', sourcePort: 1 }], 1), ...changes },
      });
    expect(await message(() => wire({ payloadBytes: 1473 }))).toBe('spawnWorker: payloadBytes must be an integer from 0 to 1472, got 1473');
    expect(await message(() => wire({ sourceMac: 'x' }))).toBe('spawnWorker: sourceMac must be a hardware address, got x');
    expect(await message(() => wire({ sequenced: true, payloadBytes: 15 }))).toBe(
      'spawnWorker: payloadBytes must be an integer from 16 to 1472, got 15',
    );
    expect(await message(() => wire({ firstFlow: 65_536 }))).toBe('spawnWorker: firstFlow must be an integer from 0 to 65535, got 65536');
    expect(await message(() => wire({ sources: [] }))).toBe('spawnWorker: sources must be a list of 1 to 64, got 0 elements');
  });
});
