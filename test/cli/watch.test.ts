import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { printWatch } from '../../src/cli/print-watch.js';
import { redrawnBlock } from '../../src/cli/redrawn-block.js';
import { dropReadings, type LiveRates } from '../../src/host/index.js';

const program = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');

function mpps(...argv: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8' });
}

describe('mpps watch', () => {
  it('gives one JSON document a line', () => {
    const { status, stdout, stderr } = mpps('watch', '--count', '2', '--interval', '0.2', '--json');
    const documents = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LiveRates & { schema: string });
    expect([status, stderr, documents.map(({ schema }) => schema)]).toEqual([0, '', Array(2).fill('million-packets/watch/1')]);
    for (const { seconds, interfaces, cpus, udpPps } of documents) {
      expect(seconds).toBeGreaterThan(0.05);
      expect(interfaces.map(({ name }) => name)).not.toContain('lo');
      expect(cpus.length).toBeGreaterThan(0);
      expect(udpPps['Udp.InErrors']).toBeGreaterThanOrEqual(0);
    }
  });

  it('shows the loopback interface with --all', () => {
    expect(mpps('watch', '--count', '1', '--interval', '0.1', '--json', '--all').stdout).toContain('"name":"lo"');
  });

  it('appends lines where there is no terminal', () => {
    const { status, stdout } = mpps('watch', '--count', '2', '--interval', '0.1');
    expect([status, stdout.match(/^\d\d:\d\d:\d\d .*UDP read/gm)?.length]).toEqual([0, 2]);
    expect(stdout).not.toContain('\u001b');
  });

  it('ends with 130 on Ctrl-C', async () => {
    const child = spawn(process.execPath, [program, 'watch', '--interval', '0.1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
  });

  it('ends quietly when its reader goes', async () => {
    const child = spawn(process.execPath, [program, 'watch', '--interval', '0.1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['an interval too short', ['--interval', '0.01'], /--interval must be a number of seconds from 0.1 to 60, got 0.01/],
    ['an interval that is no number', ['--interval', 'x'], /got x/],
    ['a count of zero', ['--count', '0'], /--count must be a whole number from 1/],
  ])('%s gives one line and exit code 2', (_, argv, message) => {
    const { status, stdout, stderr } = mpps('watch', ...argv);
    expect(stderr).toMatch(message);
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
  });

  it('says in its help that --json means JSON lines', () => expect(mpps('watch', '--help').stdout).toMatch(/--json +JSON lines/));
});

describe('printWatch', () => {
  it('fits 100 columns and hides quiet CPUs of a large host', () => {
    const rates: LiveRates = {
      seconds: 1,
      interfaces: [
        {
          name: 'enp129s0f0np0',
          rxPps: 1_234_567,
          rxDropsPps: 451_300,
          sysfsPps: { rx_missed_errors: 451_300, rx_dropped: 0 },
          queuesPps: Object.fromEntries(Array.from({ length: 9 }, (_, queue) => [queue + 10, 355_200 - queue])),
          ringDropsPps: {},
          interrupts: [],
        },
      ],
      cpus: Array.from({ length: 64 }, (_, cpu) => ({ cpu, softirq: cpu === 40 ? 1 : 0, system: 1, processedPps: cpu === 40 ? 355_200 : 0 })),
      udpPps: { 'Udp.InDatagrams': 437_000, 'Udp.InErrors': 386_900, 'Udp.RcvbufErrors': 386_900 },
      sockets: [{ family: 'IPv4', localPort: 4321, inode: 4_000_000_000, rxQueueBytes: 212_992, dropsPps: 386_900 }],
    };
    const text = printWatch(rates, dropReadings(rates, '6.18.0'));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(100);
    expect(text).toContain('48 quieter CPUs not shown');
    expect(text).toMatch(/^ 40 +100 /m);
    expect(text).toContain('RX ring full, enp129s0f0np0: rx_missed_errors 451k/s');
    expect(text).toContain('socket buffer full, port 4321: Udp.RcvbufErrors 387k/s');
  });
});

describe('redrawnBlock', () => {
  it('goes back over what it drew and cuts to the terminal', () => {
    const written: string[] = [];
    const stream = { columns: 10, rows: 4, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
    const block = redrawnBlock(stream);
    block.show('0123456789abc\nb');
    block.show('1\n2\n3\n4\n5');
    expect(written).toEqual(['\r\u001b[J012345678\nb\n', '\u001b[2A\r\u001b[J1\n2\n… 3 more lines; a taller terminal shows them\n']);
  });
});
