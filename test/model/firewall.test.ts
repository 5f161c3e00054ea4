import { describe, expect, it } from 'vitest';
import type { Firewall } from '../../src/experiment/firewall.js';
import { parseExperiment } from '../../src/experiment/index.js';
import { explain, predict, simulate } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { experimentWith, labHost, sampleHost } from './hosts.js';
import { guest } from './software-nic-host.js';

const priced = (value: number) => ({ value, low: value, high: value, origin: 'assumed' as const, source: 'a sample' });
const costs = { ...sampleHost.costs, ruleNs: priced(20), conntrackNs: priced(500) };
const host = { ...sampleHost, costs };
/** A flood of two cores, so that the softirq of one queue is full. */
const behind = (firewall?: Firewall) => experimentWith({ sources: [{}, {}], receiver: firewall ? { firewall } : {} });
const softirqNs = (firewall?: Firewall) => 1e9 / (predict(behind(firewall), host).queues[0]?.servicedPps ?? 0);

describe('a firewall', () => {
  it('costs a full softirq what its rules and conntrack cost, packet by packet, and the wake-ups that it saves', () => {
    // By hand: one flow, and a reader that always keeps up, so that only wake-ups change with the rate.
    const [few, many] = [softirqNs({ rules: 2, conntrack: false }), softirqNs({ rules: 52, conntrack: true })];
    expect(softirqNs()).toBe(few);
    expect(many - few).toBeGreaterThan(1500);
    expect(many - few).toBeLessThan(1500 + costs.wakeUpNs.value * 0.3);
    expect(softirqNs({ rules: 0, conntrack: false })).toBeLessThan(few);
  });

  it('costs a packet that the socket has no room for as much as one that is read', () => {
    const flooded = (firewall: Firewall) =>
      predict(experimentWith({ receiver: { workNs: 1e7, socketBufferBytes: 4096, firewall } }), {
        ...host,
        costs: { ...costs, sendNs: priced(100) },
      });
    const ns = (firewall: Firewall) => 1e9 / (flooded(firewall).queues[0]?.servicedPps ?? 0);
    expect(ns({ rules: 2, conntrack: true }) - ns({ rules: 2, conntrack: false })).toBeCloseTo(500, 0);
  });

  it.each([
    ['a physical NIC', host],
    ['veth', labHost(4, { costs })],
    ['RPS', labHost(2, { costs, receivePath: 'veth-rps' as const })],
  ])('costs simulate what it costs predict: %s', (_, at) => {
    for (const firewall of [
      { rules: 0, conntrack: false },
      { rules: 202, conntrack: true },
    ]) {
      const simulated = simulate(behind(firewall), at, { seed: 1, seconds: 0.05 });
      expect(simulated.deliveredPps / predict(behind(firewall), at).deliveredPps).toBeCloseTo(1, 1.7);
    }
  });

  it('slows the thread of a software NIC’s queue', () => {
    const slow = experimentWith({ receiver: { firewall: { rules: 1000, conntrack: true } } });
    expect(predict(slow, guest(4)).deliveredPps).toBeLessThan(0.5 * predict(experimentWith({}), guest(4)).deliveredPps);
  });

  it('has a price from the literature where the host has none, and its interval says how unsure that is', () => {
    const { delivered, deliveredPps } = predict(behind({ rules: 102, conntrack: true }), article.host);
    const plain = predict(behind(), article.host);
    expect(deliveredPps).toBeLessThan(plain.deliveredPps);
    expect((delivered.high - delivered.low) / deliveredPps).toBeGreaterThan(2 * ((plain.delivered.high - plain.delivered.low) / plain.deliveredPps));
  });

  it('leaves out alone what the article’s firewall is: the same prediction to the last bit', () => {
    expect(predict(behind({ rules: 2, conntrack: false }), sampleHost).deliveredPps).toBe(predict(behind(), sampleHost).deliveredPps);
  });
});

describe('explain', () => {
  const changes = (firewall?: Firewall) => explain(behind(firewall), host).changes.filter(({ change }) => /NOTRACK|first rule/.test(change));

  it('ranks NOTRACK and an early rule by what they give', () => {
    const found = changes({ rules: 102, conntrack: true });
    expect(found.map(({ change }) => change.includes('NOTRACK'))).toEqual([false, true]);
    for (const { gain } of found) expect(gain).toBeGreaterThan(0.1);
  });

  it('has nothing to spare behind the article’s firewall', () => {
    expect(changes()).toEqual([]);
    expect(changes({ rules: 2, conntrack: false })).toEqual([]);
  });
});

describe('an experiment', () => {
  it('says what its firewall does in the words of iptables, and the rest is the article’s', () => {
    const { receiver } = parseExperiment({ id: 'tracked', receiver: { firewall: { conntrack: true } } });
    expect(receiver.firewall).toEqual({ rules: 2, conntrack: true });
    expect(parseExperiment({ id: 'plain' }).receiver).not.toHaveProperty('firewall');
    expect(() => parseExperiment({ id: 'odd', receiver: { firewall: { rules: -1 } } })).toThrow(/receiver\.firewall\.rules must be .*0.*, got -1/);
  });

  it('is told where its packets meet another firewall', () => {
    const asked = experimentWith({ receiver: { firewall: { rules: 10, conntrack: true } } });
    expect(predict(asked, labHost(2, { receivePath: 'loopback' })).notes.join(' ')).toContain('receiver.firewall: A run over loopback');
    expect(predict(asked, labHost(2)).notes.join(' ')).not.toContain('receiver.firewall');
  });
});
