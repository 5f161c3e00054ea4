import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { spawnWorker } from '../../src/native/spawn-worker.js';
import { failure, freshPort, receiverConfig, senderConfig, total, until } from './loopback.js';

function alive(pid: number): boolean {
  try {
    // A zombie still has a process number.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

const receiver = (port: number, changes = {}) => spawnWorker({ role: 'receiver', namespace: null, config: receiverConfig(port, changes) });
const sender = (port: number) => spawnWorker({ role: 'sender', namespace: null, config: senderConfig(port) });

describe.skipIf(process.platform !== 'linux')('worker processes (Linux only)', () => {
  it('count every packet from one process to the other', async () => {
    const port = freshPort();
    const [receiving, sending] = await Promise.all([receiver(port, { paused: true }), sender(port)]);
    await receiving.start();
    await sending.start(0.3);
    const sent = await sending.done;
    await until(async () => total(await receiving.snapshot()) === total(sent));
    expect(alive(sending.pid)).toBe(true);
    expect(await sending.stop()).toEqual(sent);
    expect(await sending.snapshot()).toEqual(sent);
    expect(total(sent)).toBeGreaterThan(0);
    const received = await receiving.stop();
    expect(received.sockets).toMatchObject([{ socket: 0, dropped: 0, queuedBytes: 0 }]);
    expect(received.tNs).toBeGreaterThan(sent.tNs - 1e9);
    expect(await receiving.stop()).toEqual(received);
    expect([alive(sending.pid), alive(receiving.pid)]).toEqual([false, false]);
  });

  it('end by themselves at their deadline', async () => {
    const receiving = await receiver(freshPort(), { seconds: 0.1 });
    expect(total(await receiving.done)).toBe(0);
    await receiving.stop();
  });

  it('report system errors in the shape of Node', async () => {
    const port = freshPort();
    const other = createSocket('udp4').bind(port, '127.0.0.1');
    await once(other, 'listening');
    expect(await failure(() => receiver(port))).toMatchObject({
      message: `bind EADDRINUSE 127.0.0.1:${port}`,
      code: 'EADDRINUSE',
      errno: -98,
      syscall: 'bind',
    });
    other.close();
    const lost = spawnWorker({ role: 'sender', namespace: '/nowhere/net', config: senderConfig(port) });
    expect(await failure(() => lost)).toMatchObject({ message: 'open ENOENT /nowhere/net', code: 'ENOENT', syscall: 'open' });
  });

  it('refuse wrong requests before there is a process', async () => {
    await expect(receiver(0)).rejects.toThrow(new RangeError('spawnWorker: port must be an integer from 1 to 65535, got 0'));
    const sending = await sender(freshPort());
    await expect(sending.start()).rejects.toThrow(
      new TypeError('WorkerProcess.start: seconds must be a number above 0 and at most 86400, got undefined'),
    );
    await sending.stop();
  });

  it('ignore SIGINT, and say so when they are killed', async () => {
    const receiving = await receiver(freshPort());
    process.kill(receiving.pid, 'SIGINT');
    expect(total(await receiving.snapshot())).toBe(0);
    receiving.kill();
    const error = await failure(() => receiving.done);
    expect(error).toMatchObject({ code: 'EWORKER', message: `worker ${receiving.pid} ended before it was done: signal SIGKILL` });
    expect(await failure(() => receiving.snapshot())).toBe(error);
    expect(await failure(() => receiving.stop())).toBe(error);
  });

  it('die when their parent is killed', async () => {
    const module = fileURLToPath(new URL('../../dist/native/spawn-worker.js', import.meta.url));
    const config = receiverConfig(freshPort(), { seconds: 60 });
    const source = `
      const { spawnWorker } = await import('${module}');
      const worker = await spawnWorker({ role: 'receiver', namespace: null, config: ${JSON.stringify(config)} });
      console.log(worker.pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(String((await once(parent.stdout, 'data'))[0]));
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !alive(pid));
  });
});
