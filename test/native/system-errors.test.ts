import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { aluProbeNs } from '../../src/native/alu-probe-ns.js';
import { enterNamespace } from '../../src/native/enter-namespace.js';
import { openReceiver } from '../../src/native/open-receiver.js';
import { openSender } from '../../src/native/open-sender.js';
import { pinThread } from '../../src/native/pin-thread.js';
import { watchInterruptions } from '../../src/native/watch-interruptions.js';
import { failure, freshPort, receiverConfig, senderConfig } from './loopback.js';

describe.skipIf(process.platform !== 'linux')('system errors (Linux only)', () => {
  it('says which call failed on which address when a port is taken', async () => {
    const port = freshPort();
    // Node's socket has no SO_REUSEADDR, so it does not share its port.
    const other = createSocket('udp4').bind(port, '127.0.0.1');
    await once(other, 'listening');
    const error = await failure(() => openReceiver(receiverConfig(port)));
    expect(error).toMatchObject({ message: `bind EADDRINUSE 127.0.0.1:${port}`, code: 'EADDRINUSE', errno: -98, syscall: 'bind' });
    other.close();
  });

  it('says that an address is not of this host', async () => {
    const port = freshPort();
    const error = await failure(() => openReceiver(receiverConfig(port, { address: '192.0.2.1' })));
    expect(error).toMatchObject({ message: `bind EADDRNOTAVAIL 192.0.2.1:${port}`, code: 'EADDRNOTAVAIL', syscall: 'bind' });
  });

  it('says which CPU is not there, and leaves nothing behind', async () => {
    const port = freshPort();
    const shape = { message: 'sched_setaffinity EINVAL cpu 8000', code: 'EINVAL', errno: -22, syscall: 'sched_setaffinity' };
    const threads = [{ cpu: null }, { cpu: 8000 }];
    expect(await failure(() => openReceiver(receiverConfig(port, { layout: 'shared', threads })))).toMatchObject(shape);
    expect(await failure(() => openSender(senderConfig(port, { cpu: 8000 })))).toMatchObject(shape);
    expect(await failure(() => pinThread(8000))).toMatchObject(shape);
    pinThread(null);
  });

  it('says why it cannot enter a namespace', async () => {
    expect(await failure(() => enterNamespace('/nowhere/net'))).toMatchObject({
      message: 'open ENOENT /nowhere/net',
      code: 'ENOENT',
      errno: -2,
      syscall: 'open',
    });
    // EINVAL for root, EPERM for others: /proc/self/ns/uts is a namespace, but not of networks.
    const error = await failure(() => enterNamespace('/proc/self/ns/uts'));
    expect(error).toMatchObject({ syscall: 'setns' });
    expect(['EINVAL', 'EPERM']).toContain(error.code);
  });

  it('watches what interrupts a CPU, and refuses to block for long', () => {
    const { spunNs, lostNs, stallsNs } = watchInterruptions(0, 0.05);
    expect(spunNs).toBeGreaterThanOrEqual(0.05e9);
    expect(lostNs).toBeLessThanOrEqual(spunNs);
    expect(stallsNs.reduce((sum, ns) => sum + ns, 0)).toBeLessThanOrEqual(lostNs);
    expect(stallsNs.every((ns) => ns >= 1e5)).toBe(true);
    for (const seconds of [0, 3, Number.NaN]) expect(() => watchInterruptions(0, seconds)).toThrow(RangeError);
  });

  it('probes the speed of the machine', () => {
    const nanoseconds = aluProbeNs();
    expect(nanoseconds).toBeGreaterThan(0.1);
    expect(nanoseconds).toBeLessThan(1000);
  });
});
