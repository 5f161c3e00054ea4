import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, parseExperiment } from '../../src/experiment/index.js';

const minimal = { id: 'quick' };

describe('parseExperiment', () => {
  it('fills every default and leaves its input alone', () => {
    const input = Object.freeze({ id: 'quick' });
    const experiment = parseExperiment(input);
    expect(experiment.sources).toEqual([
      { placement: { role: 'sender-core', index: 0 }, destinations: ['192.168.254.1'], sourcePorts: [11404], batchPackets: 1024, offeredPps: null },
    ]);
    expect(experiment.receiver.placements).toEqual([{ role: 'queue-node', queue: 0, index: 0 }]);
    expect(parseExperiment(experiment)).toEqual(experiment);
  });

  it('gives each experiment defaults of its own', () => {
    parseExperiment(minimal).nic.queueCpus['0'] = 7;
    expect(parseExperiment(minimal).nic.queueCpus).toEqual({});
  });

  it.each([
    ['an unknown key', { ...minimal, receiver: { bathc: 1 } }, /^experiment: receiver\.bathc is not a known field/],
    ['an unknown key that is nearly right', { ...minimal, receiver: { batchPacket: 1 } }, /did you mean batchPackets\?/],
    ['a negative batch', { ...minimal, sources: [{ batchPackets: -4 }] }, /sources\[0\]\.batchPackets must be >= 1, got -4/],
    ['port 70000', { ...minimal, receiver: { port: 70000 } }, /receiver\.port must be <= 65535, got 70000/],
    ['a missing id', {}, /id must be given/],
    ['an id that is no file name', { id: '../x' }, /id must fit .*got "\.\.\/x"/],
    ['no document', 5, /the document must be object, got 5/],
    [
      'an address that is none',
      { ...minimal, sources: [{ destinations: ['300.1.1.1'] }] },
      /destinations\[0\] must fit "An IPv4 address in dotted form\.", got "300\.1\.1\.1"/,
    ],
    ['a wrong placement', { ...minimal, receiver: { placements: [{ rol: 1 }] } }, /placements\[0\] must be "unpinned", \{ "cpu": N \}/],
    ['a stamp in too short a payload', { ...minimal, sequenced: true, payloadBytes: 8 }, /payloadBytes must be at least 16 when sequenced, got 8/],
    ['gaps of a flood', { ...minimal, sources: [{ arrivals: 'poisson' }] }, /sources\[0\]\.offeredPps must be a number when arrivals are not/],
    [
      'a message of too many bytes',
      { ...minimal, payloadBytes: 1400, sources: [{ segmentation: { segments: 64, cutBy: 'device' } }] },
      /payloadBytes must be from 1 to 1023 with 64 segments, got 1400/,
    ],
    [
      'sources that are segmented differently',
      { ...minimal, sources: [{}, { segmentation: { segments: 4, cutBy: 'device' } }] },
      /sources\[1\]\.segmentation must be that of sources\[0\]/,
    ],
    [
      'a wire that segments',
      { ...minimal, sources: [{ kind: 'wire', segmentation: { segments: 4, cutBy: 'device' } }] },
      /sources\[0\]\.kind must be "socket" with segmentation/,
    ],
    ['GRO by recv', { ...minimal, receiver: { gro: true, call: 'recv' } }, /receiver\.gro must be false unless recvmmsg reads a socket/],
    ['recv by io-uring', { ...minimal, receiver: { path: 'io-uring', call: 'recv' } }, /receiver\.path must be "socket" with receiver\.call "recv"/],
    [
      'a busy poll of io-uring',
      { ...minimal, receiver: { path: 'io-uring', waiting: { busyPollUs: 50 } } },
      /receiver\.waiting must be "block" or "spin" unless receiver\.path is "socket"/,
    ],
    ['AF_XDP with sockets', { ...minimal, receiver: { path: 'af-xdp', layout: 'shared' } }, /receiver\.layout must be "single" when .* "af-xdp"/],
    [
      'AF_XDP with a socket buffer',
      { ...minimal, receiver: { path: 'af-xdp', socketBufferBytes: 4096 } },
      /receiver\.socketBufferBytes must be null when receiver\.path is "af-xdp", whose socket has room for 4096 frames, got 4096/,
    ],
    [
      'two threads on a single socket',
      { ...minimal, receiver: { placements: ['unpinned', 'unpinned'] } },
      /one entry when receiver\.layout is "single"/,
    ],
    ['a queue that the NIC lacks', { ...minimal, receiver: { placements: [{ role: 'queue-cpu', queue: 3 }] } }, /below nic\.queues \(1\), got 3/],
    ['not a number', { ...minimal, durationS: Number.NaN }, /durationS must be .*got NaN/],
    ['a hostile key', JSON.parse('{"id":"x","nic":{"observedQueues":{"__proto__":1}}}'), /__proto__ is not a known field/],
    ['steering without reuseport', { ...minimal, receiver: { steering: 'queue' } }, /receiver\.layout must be "reuseport"/],
  ])('refuses %s in one line', (_, input, message) => {
    expect(() => parseExperiment(input)).toThrow(InputError);
    expect(() => parseExperiment(input)).toThrow(message);
    try {
      parseExperiment(input);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });

  it('returns an Experiment or throws an InputError, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('id', 'sources', 'nic', 'receiver', 'payloadBytes', 'placements', 'role', 'cpu', 'x') }),
        (value) => {
          try {
            parseExperiment(value);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });
});
