import { describe, expect, it } from 'vitest';
import { explain } from '../../src/model/index.js';
import { guest, nicRun } from './software-nic-host.js';

describe('explain on a software NIC', () => {
  it('names the thread of the queue and its ring, and what to change', () => {
    const { limiting, sentence, changes } = explain(nicRun({ offeredPps: 2_500_000, queueCpus: [1], readerCpu: 1, ringPackets: 512 }), guest(4));
    expect(limiting).toBe('softirq');
    expect(sentence).toMatch(/thread of queue 0 on CPU 1 is full, .* die in the RX ring \(rx_nodesc_drop_cnt\)/);
    expect(changes[0]?.gain).toBeGreaterThan(1);
  });

  it('would move the queue off the wire’s CPU', () => {
    const { changes } = explain(nicRun({ offeredPps: 600_000, queueCpus: [0], readerCpu: 3, ringPackets: 512 }), guest(4));
    expect(changes.map(({ change }) => change).join()).toMatch(/serve queue 0 on CPU [12]/);
  });

  it('knows a bigger socket buffer as a change', () => {
    const beside = explain(nicRun({ offeredPps: 300_000, queueCpus: [1], readerCpu: 0, ringPackets: 1024 }), guest());
    expect(beside.changes.map(({ change }) => change).join()).toMatch(/a buffer of 1703936 bytes/);
  });
});
