import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressBytes,
  addressesForQueues,
  microsoftRssKey,
  occupancy,
  queueWeights,
  type RssNic,
  reorderingByPolicy,
  reuseportEra,
  reuseportHash,
  reuseportSocket,
  rxQueue,
  type SteeringExperiment,
  unknownKeyOccupancy,
  weightedOccupancy,
} from '../../src/model/index.js';

const nic: RssNic = {
  queues: 11,
  hashFields: ['sourceAddress', 'destinationAddress'],
  hashKey: [...microsoftRssKey].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
};
const flow = { sourceAddress: '192.168.254.30', destinationAddress: '192.168.254.1', sourcePort: 11404, destinationPort: 4321 };
const addresses = Array.from({ length: 20 }, (_, index) => `192.168.254.${index + 1}`);

describe('addressBytes', () => {
  it('takes what inet_pton takes and nothing else', () => {
    const pieces = fc.constantFrom(':', '::', '.', '0', '1', 'ff', '1.2.3.4', '256', '00001', 'g', 'fe80', '10', '01', ' ');
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.ipV4(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(addressBytes(text)?.length ?? 0).toBe({ 0: 0, 4: 4, 6: 16 }[isIP(text)]);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it.each([
    ['::', new Array(16).fill(0)],
    ['::1', [...new Array(15).fill(0), 1]],
    ['1::', [0, 1, ...new Array(14).fill(0)]],
    ['::ffff:1.2.3.4', [...new Array(10).fill(0), 255, 255, 1, 2, 3, 4]],
    ['2001:DB8::a:0:b', [0x20, 1, 0x0d, 0xb8, ...new Array(7).fill(0), 10, 0, 0, 0, 11]],
    ['1:2:3:4:5:6:7::', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]],
  ])('%s', (text, bytes) => expect(addressBytes(text)).toEqual(bytes));
});

describe('addressesForQueues', () => {
  const choice = addressesForQueues({ nic, flow, candidates: addresses });

  it('finds addresses on all eleven queues, and no twelfth', () => {
    expect(new Set(choice.spread(11).map(({ queue }) => queue)).size).toBe(11);
    expect(() => choice.spread(12)).toThrow(new RangeError('spread: count must be at most 11, the queues that 20 candidates reach, got 12'));
  });

  it('finds four addresses on queue 3, and no fifth', () => {
    expect(choice.collide(4).map(({ candidate }) => candidate)).toEqual(['192.168.254.2', '192.168.254.3', '192.168.254.7', '192.168.254.15']);
    expect(choice.collide(2, 9).map(({ candidate }) => candidate)).toEqual(['192.168.254.11', '192.168.254.13']);
    expect(() => choice.collide(5)).toThrow(new RangeError('collide: count must be at most 4, those of 20 candidates that reach one queue, got 5'));
    expect(() => choice.collide(2, 7)).toThrow(new RangeError('collide: count must be at most 1, those of 20 candidates that reach queue 7, got 2'));
  });

  it('says that ports cannot help a NIC that does not hash them', () => {
    const ports = [11404, 11405, 11406];
    expect(() => addressesForQueues({ nic, flow, candidates: ports }).spread(2)).toThrow(
      new RangeError('spread: count must be at most 1, the queues that 3 candidates reach; nic.hashFields does not read sourcePort, got 2'),
    );
    const four: RssNic = { ...nic, hashFields: ['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'] };
    expect(addressesForQueues({ nic: four, flow, candidates: ports }).spread(2)).toHaveLength(2);
  });

  it('varies any field, and keeps its word under any key', () => {
    const keys = fc
      .uint8Array({ minLength: 40, maxLength: 40 })
      .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    fc.assert(
      fc.property(keys, fc.constantFrom('sourceAddress' as const, 'destinationAddress' as const), (hashKey, field) => {
        const { reached, spread, collide } = addressesForQueues({ nic: { ...nic, hashKey }, flow, candidates: addresses, field });
        for (const { candidate, queue } of reached) expect(rxQueue({ ...nic, hashKey }, { ...flow, [field]: candidate })).toBe(queue);
        const queues = new Set(reached.map(({ queue }) => queue));
        expect(new Set(spread(queues.size).map(({ queue }) => queue))).toEqual(queues);
        // Twenty on eleven queues: two must meet.
        expect(new Set(collide(2).map(({ queue }) => queue)).size).toBe(1);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('weightedOccupancy', () => {
  it('agrees with counting every outcome', () => {
    const cases = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(cases, ([flows, weights]) => {
        const sum = weights.reduce((total, weight) => total + weight, 0);
        fc.pre(sum > 0);
        const counted = new Array<number>(weights.length + 1).fill(0);
        for (let outcome = 0; outcome < weights.length ** flows; outcome++) {
          const hit = Array.from({ length: flows }, (_, flow) => Math.floor(outcome / weights.length ** flow) % weights.length);
          const busy = new Set(hit).size;
          counted[busy] = (counted[busy] ?? 0) + hit.reduce((product, queue) => (product * (weights[queue] ?? 0)) / sum, 1);
        }
        const { method, busyProbabilities, meanBusy } = weightedOccupancy(flows, weights);
        expect(method).toBe('exact');
        for (const [busy, probability] of counted.entries()) expect(busyProbabilities[busy]).toBeCloseTo(probability, 12);
        expect(meanBusy).toBeCloseTo(
          counted.reduce((total, probability, busy) => total + busy * probability, 0),
          12,
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('is the uniform occupancy where weights are equal, and a little less where the table is uneven', () => {
    for (const [busy, probability] of occupancy(20, 11).entries())
      expect(weightedOccupancy(20, new Array(11).fill(7)).busyProbabilities[busy]).toBeCloseTo(probability, 12);
    const uneven = weightedOccupancy(20, queueWeights({ queues: 11 }));
    expect(uneven.meanBusy).toBeLessThan(9.3649);
    expect(uneven.meanBusy).toBeGreaterThan(9.35);
    expect(weightedOccupancy(3000, queueWeights({ queues: 11 })).method).toBe('exact');
  });

  it('says when it draws, repeats itself, and stays within the errors it states', () => {
    const weights = Array.from({ length: 400 }, (_, queue) => queue + 1);
    const drawn = weightedOccupancy(500, weights);
    expect(drawn.method).toBe('monte-carlo');
    expect(drawn).toEqual(weightedOccupancy(500, weights));
    expect(drawn).not.toEqual(weightedOccupancy(500, weights, 2));
    const mean = drawn.busyProbabilities.reduce((sum, probability, busy) => sum + busy * probability, 0);
    const variance = drawn.busyProbabilities.reduce((sum, probability, busy) => sum + (busy - mean) ** 2 * probability, 0);
    expect(Math.abs(mean - drawn.meanBusy)).toBeLessThan(3.5 * Math.sqrt(variance / drawn.draws));
  });

  it('refuses what is no weight', () => {
    expect(() => weightedOccupancy(1, [])).toThrow(new RangeError('weightedOccupancy: weights.length must be an integer from 1 to 65536, got 0'));
    expect(() => weightedOccupancy(1, [1, -1])).toThrow(new RangeError('weightedOccupancy: weights[1] must be finite and at least 0, got -1'));
    expect(() => weightedOccupancy(1, [0])).toThrow(new RangeError('weightedOccupancy: weights must have a sum that is finite and above 0, got 0'));
  });
});

describe('unknownKeyOccupancy', () => {
  it('has two flows meet as often as independent hashing', () => {
    const drawn = unknownKeyOccupancy(
      nic,
      addresses.slice(0, 2).map((destinationAddress) => ({ ...flow, destinationAddress })),
    );
    const together = weightedOccupancy(2, queueWeights(nic)).busyProbabilities[1] ?? 0;
    expect(Math.abs((drawn.busyProbabilities[1] ?? 0) - together)).toBeLessThan(3.5 * (drawn.standardErrors[1] ?? 0));
  });

  it('has the article’s twenty consecutive addresses spread otherwise: linear, not independent', () => {
    const drawn = unknownKeyOccupancy(
      nic,
      addresses.map((destinationAddress) => ({ ...flow, destinationAddress })),
      { draws: 4000 },
    );
    const independent = weightedOccupancy(20, queueWeights(nic));
    expect(drawn.method).toBe('monte-carlo');
    expect((drawn.busyProbabilities[11] ?? 0) / (independent.busyProbabilities[11] ?? 0)).toBeGreaterThan(1.5);
    expect(drawn.busyProbabilities.slice(0, 6).reduce((sum, probability) => sum + probability, 0)).toBeGreaterThan(
      5 * independent.busyProbabilities.slice(0, 6).reduce((sum, probability) => sum + probability, 0),
    );
  });
});

describe('SO_REUSEPORT', () => {
  /** lookup3 in Python, itself checked against Jenkins' published 0x17770551 and 0xcd628161. */
  it.each([
    ['192.168.254.1', '192.168.254.30', 11404, 4321, 0, 0xb6bc31f2],
    ['192.168.254.2', '192.168.254.30', 11404, 4321, 0x12345678, 0xe0a27b9f],
    ['10.255.0.9', '1.2.3.4', 65535, 1, 0xffffffff, 0x6e00d3f9],
  ])('hashes %s from %s:%i to port %i under secret %i', (destinationAddress, sourceAddress, sourcePort, destinationPort, secret, hash) => {
    const packet = { sourceAddress, destinationAddress, sourcePort, destinationPort };
    expect(reuseportHash(packet, secret, { release: '6.1', anyAddress: false })).toBe(hash);
  });

  it('stands 0.0.0.0 for the destination of a group bound to any address, from 5.0 on', () => {
    expect(reuseportHash(flow, 7, { release: '6.18.1', anyAddress: true })).toBe(0x5598b34e);
    const sockets = (release: string) =>
      new Set(
        addresses.map((destinationAddress) =>
          reuseportSocket(reuseportHash({ ...flow, destinationAddress }, 7, { release, anyAddress: true }), 4, reuseportEra(release)),
        ),
      ).size;
    // The article's experiment: several addresses, one source port, four sockets. Today one of them would get everything.
    expect(sockets('3.13.0')).toBe(4);
    expect(sockets('6.18.1')).toBe(1);
  });

  it.each(['walk', 'array'] as const)('gives every socket its share by %s, and the only one everything', (era) => {
    for (const sockets of [1, 2, 4, 7]) {
      const counts = new Array<number>(sockets).fill(0);
      for (let port = 0; port < 40_000; port++) {
        const socket = reuseportSocket(reuseportHash({ ...flow, sourcePort: port }, 42, { release: '3.13', anyAddress: true }), sockets, era);
        counts[socket] = (counts[socket] ?? 0) + 1;
      }
      for (const count of counts) expect(Math.abs(count / 40_000 - 1 / sockets)).toBeLessThan(0.012);
    }
  });

  it('walks from the newest socket, and lets a program decide only where there is one to ask', () => {
    // The second visited replaces the first when the top bit is clear.
    expect(reuseportSocket(0xffffffff, 2, 'walk')).toBe(1);
    expect(reuseportSocket(0x7fffffff, 2, 'walk')).toBe(0);
    expect(reuseportSocket(0, 4, 'array', 4)).toBe(0);
    expect(reuseportSocket(0, 4, 'array', -1)).toBe(0);
    expect(reuseportSocket(0xffffffff, 2, 'walk', 0)).toBe(1);
    expect(reuseportEra('4.4.302')).toBe('walk');
    expect(reuseportEra('4.5.0')).toBe('array');
    expect(() => reuseportEra('3.2.0')).toThrow(new RangeError('reuseportEra: release must be at least 3.9, got "3.2.0"'));
    expect(() => reuseportSocket(-1, 4, 'array')).toThrow(new RangeError('reuseportSocket: hash must be an integer from 0 to 4294967295, got -1'));
    expect(() => reuseportHash({ ...flow, sourceAddress: '::1' }, 1, { release: '6.1', anyAddress: true })).toThrow(
      new RangeError('reuseportHash: flow.sourceAddress must be an IPv4 address, got "::1"'),
    );
  });
});

describe('reorderingByPolicy', () => {
  const experiments: fc.Arbitrary<Omit<SteeringExperiment, 'policy'>> = fc.record({
    flows: fc.integer({ min: 1, max: 40 }),
    queues: fc.integer({ min: 1, max: 16 }),
    packets: fc.constant(3000),
    load: fc.double({ min: 0.3, max: 3, noNaN: true }),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
  });

  it('never reorders a flow by hashing, and always by round robin over several queues', () => {
    fc.assert(
      fc.property(experiments, (experiment) => {
        expect(reorderingByPolicy({ policy: 'hash', ...experiment }).overtakenShare).toBe(0);
        const { overtakenShare } = reorderingByPolicy({ policy: 'round-robin', ...experiment });
        if (experiment.queues === 1) expect(overtakenShare).toBe(0);
        else expect(overtakenShare).toBeGreaterThan(0);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('shows the price of hashing: imbalance, and delay', () => {
    const [hash, dealt] = (['hash', 'round-robin'] as const).map((policy) => reorderingByPolicy({ policy, flows: 8, queues: 4 }));
    expect(dealt?.busiestQueueShare).toBe(0.25);
    expect(hash?.busiestQueueShare).toBeGreaterThan(0.3);
    expect(hash?.meanDelay).toBeGreaterThan(dealt?.meanDelay ?? 0);
  });

  it('is worse the longer the backlog of one queue', () => {
    const shares = [0, 100, 1000].map(
      (backlog) =>
        reorderingByPolicy({ policy: 'round-robin', flows: 4, queues: 2, backlogs: [backlog, 0], load: 0.5, packets: 5000 }).overtakenShare,
    );
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(new Set(shares).size).toBe(3);
  });

  it('refuses what makes no sense', () => {
    const experiment = { policy: 'hash' as const, flows: 4, queues: 2 };
    expect(() => reorderingByPolicy({ ...experiment, flows: 0 })).toThrow(
      new RangeError('reorderingByPolicy: flows must be an integer from 1 to 100000, got 0'),
    );
    expect(() => reorderingByPolicy({ ...experiment, load: Number.NaN })).toThrow(
      new RangeError('reorderingByPolicy: load must be above 0 and at most 100, got NaN'),
    );
    expect(() => reorderingByPolicy({ ...experiment, backlogs: [1] })).toThrow(
      new RangeError('reorderingByPolicy: backlogs must have one number for each of 2 queues, got 1'),
    );
  });
});
