import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { freshPort, receiverConfig, senderConfig } from './loopback.js';

const compiled = (name: string) => fileURLToPath(new URL(`../../dist/native/${name}.js`, import.meta.url));

/** A program that sends and receives for a minute, were it not for what `ending` does. */
function program(ending: string): string {
  const port = freshPort();
  return `
    const { openReceiver } = await import('${compiled('open-receiver')}');
    const { openSender } = await import('${compiled('open-sender')}');
    let receiver = openReceiver(${JSON.stringify(receiverConfig(port, { seconds: 60 }))});
    let sender = openSender(${JSON.stringify(senderConfig(port))});
    sender.start(60);
    await new Promise((resolve) => setTimeout(resolve, 50));
    ${ending}`;
}

function execute(source: string, ...options: string[]) {
  return spawnSync(process.execPath, [...options, '--input-type=module', '-e', source], { timeout: 10_000, encoding: 'utf8' });
}

describe.skipIf(process.platform !== 'linux')('life and death of a process with running threads (Linux only)', () => {
  it.each([
    ['the program ends', ''],
    ['the program calls exit', 'process.exit(0);'],
    ['everything is collected', 'sender = receiver = undefined; gc(); await new Promise(setImmediate); gc();'],
  ])('neither hangs nor crashes when %s', (_, ending) => {
    const { status, signal, stderr } = execute(program(ending), '--expose-gc');
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
  });

  it('dies with the error that the program throws', () => {
    const { status, stderr } = execute(program(`throw new Error('on purpose');`));
    expect(status).toBe(1);
    expect(stderr).toContain('on purpose');
  });

  it('ends by its watchdog when JavaScript hangs', () => {
    const { signal } = execute(`(await import('${compiled('load')}')).loadNative().dieAfter(1); for (;;);`);
    expect(signal).toBe('SIGALRM');
  });

  it('does not load the addon on import', () => {
    const { stdout } = execute(`
      for (const name of ['open-receiver', 'open-sender', 'enter-namespace', 'pin-thread', 'alu-probe-ns', 'spawn-worker', 'progress-line']) {
        await import('${compiled('NAME')}'.replace('NAME', name));
      }
      console.log(process.report.getReport().sharedObjects.some((path) => path.includes('million_packets')));`);
    expect(stdout.trim()).toBe('false');
  });

  it('works in a worker thread, and survives its end', async () => {
    const port = freshPort();
    const source = `
      const { parentPort } = require('node:worker_threads');
      import('${compiled('open-receiver')}').then(({ openReceiver }) => {
        globalThis.receiver = openReceiver(${JSON.stringify(receiverConfig(port, { seconds: 60 }))});
        parentPort.postMessage(receiver.snapshot().threads.length);
        setInterval(() => {}, 1000);
      });`;
    const thread = new Worker(source, { eval: true });
    const message = await new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject));
    expect(message).toBe(1);
    expect(await thread.terminate()).toBe(1);
  });
});
