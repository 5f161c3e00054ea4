import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Experiment, type Host, measure, parseExperiment, readHost } from '../../src/index.js';
import { checkStability } from '../../src/lab/check-stability.js';
import { Lab, labObstacles } from '../../src/lab/index.js';
import { measuredOutcome } from '../../src/lab/measured-outcome.js';
import { followsFromSamples } from '../../src/records/follows-from-samples.js';

const obstacles = labObstacles();

describe.skipIf(obstacles.length)(`measure behind the software NIC${obstacles.length ? ` (skipped: ${obstacles.join('; ')})` : ''}`, () => {
  let host: Host;
  let lab: Lab;
  beforeAll(async () => {
    host = await readHost('software-nic');
    lab = Lab.open();
  });
  afterAll(() => lab?.close());

  const experiment = (changes: object): Experiment =>
    parseExperiment({ id: 'nic-test', sources: [{ offeredPps: 20_000 }], durationS: 0.4, warmUpS: 0.2, ...changes });

  it('sends the pairs of a study’s gate through the NIC: its queue’s thread is what they show', async () => {
    const { pairs, noiseFloor } = await checkStability(lab, { path: 'software-nic' });
    expect(pairs).toBe(4);
    // Without the thread of a queue there is no figure, and no ratio of two.
    expect(noiseFloor).toBeGreaterThanOrEqual(0);
  });

  const twoQueues = { queues: 2, observedQueues: { '192.168.254.1': 0, '192.168.254.2': 1 } };
  const twoAddresses = { destinations: ['192.168.254.1', '192.168.254.2'] };

  it.each<[string, object]>([
    ['a paced wire', {}],
    ['a flooding wire and a ring of 16', { sources: [{}], nic: { ringPackets: 16 } }],
    ['a reader on the CPU of its queue', { sources: [{}], receiver: { placements: [{ role: 'queue-cpu' }] } }],
    ['two addresses on two queues', { sources: [twoAddresses], nic: twoQueues }],
    [
      'two sources, two SO_REUSEPORT sockets, many ports',
      {
        sources: [
          { ...twoAddresses, sourcePorts: [1000, 1001, 1002, 1003, 1004] },
          { sourcePorts: [2000, 2001, 2002], offeredPps: 7000 },
        ],
        nic: twoQueues,
        receiver: {
          layout: 'reuseport',
          placements: [
            { role: 'queue-node', index: 0 },
            { role: 'queue-node', index: 1 },
          ],
        },
      },
    ],
    ['two threads on one socket', { receiver: { layout: 'shared', placements: ['unpinned', 'unpinned'] } }],
    ['a reader too slow for its load', { sources: [{ offeredPps: 40_000 }], receiver: { workNs: 100_000 } }],
    ['an ordinary sender', { sources: [{ kind: 'socket', batchPackets: 64 }] }],
    [
      'an ordinary sender beside the wire',
      { sources: [{ offeredPps: 5000 }, { kind: 'socket', offeredPps: 5000, batchPackets: 16, sourcePorts: [9] }] },
    ],
    ['fragments', { sources: [{ kind: 'socket', offeredPps: 2000, batchPackets: 4 }], payloadBytes: 3000 }],
    [
      'RSS over ports, with a key and a table',
      { nic: { queues: 8, hashFields: ['sourcePort'], hashKey: '6d5a56da255b0ec24167253d43a38fb0', indirectionTable: [7, 1, 2, 3] } },
    ],
  ])('closes the account, also by queue and by socket: %s', async (_, changes) => {
    const run = await measure(experiment(changes), { host, lab, folder: null });
    const { offeredPackets = 0, unaccountedPackets, queues } = run.outcome;
    expect(offeredPackets).toBeGreaterThan(0);
    expect(unaccountedPackets).toBe(0);
    expect(run.doubts.filter((doubt) => /account|sockets say/.test(doubt))).toEqual([]);
    expect(followsFromSamples(run)).toBe(true);
    expect(queues.map(({ queue, cpu }) => ({ queue, cpu }))).toEqual(run.plan.queues);
    expect(run.outcome.lossesPackets).toHaveProperty('nicRing');
  });

  it.each<[string, object, object]>([
    ['polled', {}, {}],
    ['spinning', {}, { waiting: 'spin' }],
    ['of a flood from eight ports', { offeredPps: 5_000_000, sourcePorts: [1, 2, 3, 4, 5, 6, 7, 8] }, {}],
    ['read too slowly', { offeredPps: 200_000 }, { workNs: 50_000 }],
  ])('closes the account of AF_XDP, %s, from its own counters', async (_, source, receiver) => {
    const run = await measure(experiment({ sources: [{ offeredPps: 20_000, ...source }], receiver: { path: 'af-xdp', ...receiver } }), {
      host,
      lab,
      folder: null,
    });
    const { offeredPackets = 0, deliveredPackets, unaccountedPackets, lossesPackets = {} } = run.outcome;
    expect(offeredPackets).toBeGreaterThan(0);
    expect(deliveredPackets).toBeGreaterThan(0);
    expect(unaccountedPackets).toBe(0);
    expect(run.doubts.filter((doubt) => /account|sockets say/.test(doubt))).toEqual([]);
    expect(followsFromSamples(run)).toBe(true);
    const { socketBuffer, ...others } = lossesPackets;
    expect(new Set(Object.values(others))).toEqual(new Set([0]));
    const { rx_dropped, rx_ring_full, rx_fill_ring_empty_descs } = run.samples.at(-1)?.kernel.receiverXdp ?? {};
    expect((rx_dropped ?? 0) + (rx_ring_full ?? 0)).toBe(socketBuffer);
    expect(rx_fill_ring_empty_descs).toBe(rx_dropped);
    if ('workNs' in receiver) expect(socketBuffer).toBeGreaterThan(0);
    // No datagram reaches the network stack.
    expect(run.outcome.countersPps).toMatchObject({ InDatagrams: 0, NoPorts: 0 });
  });

  it.each<[string, object]>([
    ['a program beside the wire', { sources: [{ offeredPps: 5000 }, { kind: 'socket', offeredPps: 5000, batchPackets: 16, sourcePorts: [9] }] }],
    ['AF_XDP', { receiver: { path: 'af-xdp' } }],
  ])('follows the numbers of stamped payloads, no two flows under one: %s', async (_, changes) => {
    const { outcome, sequence, latency } = await measure(experiment({ sequenced: true, ...changes }), { host, lab, folder: null });
    expect(sequence).toMatchObject({ received: outcome.deliveredPackets, duplicated: 0, reordered: 0, unstamped: 0 });
    expect(latency?.minNs).toBeGreaterThan(0);
  });

  it('says that AF_XDP needs the software NIC where packets take another path, before anything is sent', async () => {
    await expect(
      measure(experiment({ receiver: { path: 'af-xdp' } }), { host: { ...host, receivePath: 'veth' }, lab, folder: null }),
    ).rejects.toMatchObject({ code: 'EHOST', message: expect.stringMatching(/use --path software-nic/) });
  });

  it('counts what a full ring drops, under the name of real NICs', async () => {
    const run = await measure(experiment({ sources: [{}], nic: { ringPackets: 1 } }), { host, lab, folder: null });
    const { lossesPackets = {}, countersPps, bottleneck, lossesPps } = run.outcome;
    expect(lossesPackets.nicRing).toBeGreaterThan(0);
    expect(countersPps.rx_nodesc_drop_cnt).toBeCloseTo(lossesPps.nicRing ?? -1, 3);
    expect(bottleneck).toBe('softirq');
  });

  it('hides nothing: a queue that the plan does not know of makes a run doubtful', async () => {
    const run = await measure(experiment({}), { host, lab, folder: null });
    const { doubts } = await import('../../src/lab/doubts.js');
    const moved = { ...run, plan: { ...run.plan, flows: run.plan.flows.map((flow) => ({ ...flow, queue: 1 })) } };
    expect(doubts(moved, 0).join()).toContain('the account of queue 0 does not close');
  });

  it('says so when the wire cannot keep its pace', async () => {
    // No CPU makes a thousand million packets a second.
    const run = await measure(experiment({ sources: [{ offeredPps: 1e9 }] }), { host, lab, folder: null });
    const { packets, skipped = 0 } = run.samples.at(-1)!.senders[0]!;
    expect(skipped).toBeGreaterThan(packets);
    expect(run.doubts.join()).toMatch(/the source reached .* % of its planned rate/);
    expect(run.doubts.join()).toContain(`${skipped} packets could not leave within 1 ms of their time and were not offered`);
    expect(run.outcome.offeredPackets).toBe(packets);
    expect(run.facts.latenessNs).toBeGreaterThan(0);
  });

  it('names the source as the bottleneck where only the wire lost time', async () => {
    // So few that a socket holds them all, whoever else wants its reader's CPU.
    const run = await measure(experiment({ sources: [{ offeredPps: 200 }] }), { host, lab, folder: null });
    const bottleneck = (skippedPerSample: number) => {
      const samples = run.samples.map((sample, index) => ({
        ...sample,
        senders: sample.senders.map((sender) => ({ ...sender, skipped: index * skippedPerSample })),
      }));
      return measuredOutcome(run.experiment, run.host, run.plan, samples, run.window, run.sockets).bottleneck;
    };
    expect([bottleneck(0), bottleneck(20_000)]).toEqual(['none', 'source']);
  });

  it('leaves the lab as it was for the other paths', async () => {
    const run = await measure(experiment({}), { host: { ...host, receivePath: 'veth' }, lab, folder: null });
    expect(run.outcome.unaccountedPackets).toBe(0);
    expect(run.outcome.lossesPackets?.checksum).toBe(0);
    expect(run.samples[0]).not.toHaveProperty('nicQueues');
  });

  it('serves two labs side by side', async () => {
    const other = Lab.open();
    try {
      const runs = [];
      for (const place of [lab, other, lab]) runs.push(await measure(experiment({}), { host, lab: place, folder: null }));
      expect(runs.map(({ outcome }) => outcome.unaccountedPackets)).toEqual([0, 0, 0]);
    } finally {
      other.close();
    }
  });

  it('refuses a ring that the kernel cannot hold, before anything is sent', async () => {
    await expect(measure(experiment({ nic: { ringPackets: 20_000 } }), { host, lab, folder: null })).rejects.toMatchObject({
      code: 'EHOST',
      message: 'nic.ringPackets: a ring of the software NIC holds at most 16384 packets, got 20000',
    });
  });
});
