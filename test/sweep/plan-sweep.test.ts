import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { article, parseExperiment, parseSweep } from '../../src/index.js';
import { canonicalJson } from '../../src/sweep/canonical-json.js';
import { planSweep } from '../../src/sweep/plan-sweep.js';

const base = parseExperiment({ id: 'base', sources: [{}, { placement: { role: 'sender-core', index: 1 } }] });
const setting = { base, host: article.host };
const planned = (vary: Record<string, unknown[]>, more: object = {}) => planSweep(parseSweep({ id: 's', base: 'base', vary, ...more }), setting, 'x');

describe('planSweep', () => {
  it('makes every combination of values, the last axis changing fastest, and each once a seed', () => {
    const jobs = planned({ payloadBytes: [32, 64], 'receiver.workNs': [0, 5, 9] }, { answer: 'simulate', seeds: [7, 8] });
    expect(jobs.map(({ point, draw }) => [...Object.values(point), draw])).toEqual(
      [32, 64].flatMap((payload) => [0, 5, 9].flatMap((work) => [7, 8].map((seed) => [payload, work, seed]))),
    );
    for (const { point, job } of jobs) {
      expect(job.experiment.payloadBytes).toBe(point.payloadBytes);
      expect(job.experiment.receiver.workNs).toBe(point['receiver.workNs']);
    }
    expect(base).toEqual(parseExperiment({ id: 'base', sources: [{}, { placement: { role: 'sender-core', index: 1 } }] }));
  });

  it('sets one source, all sources, a whole list, and a field that the base lets out', () => {
    const rates = (vary: Record<string, unknown[]>) => planned(vary)[0]?.job.experiment.sources.map(({ offeredPps }) => offeredPps);
    expect(rates({ 'sources.1.offeredPps': [5] })).toEqual([null, 5]);
    expect(rates({ 'sources.*.offeredPps': [5] })).toEqual([5, 5]);
    expect(rates({ sources: [[{}, {}, {}]], 'sources.*.offeredPps': [5] })).toEqual([5, 5, 5]);
    expect(planned({ 'receiver.gro': [true] })[0]?.job.experiment.receiver.gro).toBe(true);
  });

  it('names a job by the SHA-256 of its canonical text, which holds experiment, host, seed, answer and model', () => {
    for (const { id, job } of planned({ payloadBytes: [32, 64] }, { answer: 'simulate' })) {
      expect(id).toBe(createHash('sha256').update(canonicalJson(job)).digest('hex'));
      expect(job).toMatchObject({ host: article.host, seed: 1, answer: 'simulate', model: expect.stringMatching(/^\d+\.\d+\.\d+\+[0-9a-f]{16}$/) });
    }
  });

  it('gives a point the same name in every sweep that holds it, whatever its axes, their order and the sweep’s name', () => {
    const idOf = (vary: Record<string, unknown[]>, more: object = {}) => planned(vary, more).map(({ id }) => id);
    const [, wanted] = idOf({ payloadBytes: [32, 64] });
    expect(idOf({ payloadBytes: [16, 64, 128] }, { id: 'other', title: 'another' })[1]).toBe(wanted);
    expect(idOf({ 'receiver.workNs': [0], payloadBytes: [64] })).toEqual([wanted]);
    expect(idOf({ payloadBytes: [64], 'receiver.workNs': [0] })).toEqual([wanted]);
    const simulated = { answer: 'simulate' };
    const others = [
      idOf({ payloadBytes: [64] }, simulated),
      idOf({ payloadBytes: [64] }, { ...simulated, seeds: [2] }),
      idOf({ payloadBytes: [64] }, { ...simulated, seconds: 1 }),
      idOf({ payloadBytes: [64] }, { answer: 'measure' }),
      planSweep(parseSweep({ id: 's', base: 'base', vary: { payloadBytes: [64] } }), { base, host: { ...article.host, runToRunSpread: 0.5 } }).map(
        ({ id }) => id,
      ),
    ].flat();
    expect(new Set([wanted, ...others]).size).toBe(1 + others.length);
  });

  it('keeps measurements apart from the costs of the machine, which every calibration changes', () => {
    const measured = (host: typeof article.host) =>
      planSweep(parseSweep({ id: 's', base: 'base', vary: { payloadBytes: [64] }, answer: 'measure', repeats: 2 }), { base, host }).map(
        ({ id }) => id,
      );
    expect(measured({ ...article.host, runToRunSpread: 0.5, costs: {} as never })).toEqual(measured(article.host));
    expect(measured({ ...article.host, kernelRelease: '9.9' })).not.toEqual(measured(article.host));
    expect(new Set(measured(article.host)).size).toBe(2);
  });

  it.each([
    ['a list with too few places', { 'sources.2.offeredPps': [5] }, 'x: sources.2.offeredPps must be a field of the base, which has no "2" there'],
    [
      'a field in the middle that is not there',
      { 'receiver.socket.size': [5] },
      'x: receiver.socket.size must be a field of the base, which has no "socket" there',
    ],
    [
      'a field at the end that nobody knows',
      { 'receiver.batch': [5] },
      'x: receiver.batch=5: receiver.batch is not a known field; did you mean batchPackets?',
    ],
    ['a value that is none', { payloadBytes: [32, -1] }, 'x: payloadBytes=-1: payloadBytes must be >= 0, got -1'],
    [
      'fields that do not go together',
      { payloadBytes: [8], sequenced: [true] },
      'x: payloadBytes=8, sequenced=true: payloadBytes must be at least 16 when sequenced, got 8',
    ],
    ['a value twice', { payloadBytes: [8, 8] }, 'x: points must differ, and payloadBytes=8 and payloadBytes=8 are the same experiment'],
    ['the length of a list', { 'sources.length': [1] }, 'x: sources.length must be a field of the base, which has no "length" there'],
  ])('refuses %s in one line', (_, vary, message) => {
    expect(() => planned(vary as Record<string, unknown[]>)).toThrow(expect.objectContaining({ name: 'InputError', message }));
  });
});
