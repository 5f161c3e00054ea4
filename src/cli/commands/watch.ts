import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostError, InputError } from '../../experiment/index.js';
import { dropReadings, findProgram, liveRates, readLiveCounters } from '../../host/index.js';
import type { Command } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { printWatch, printWatchLines } from '../print-watch.js';
import { redrawnBlock } from '../redrawn-block.js';
import { wholeNumber } from '../whole-number.js';

export const watch: Command = {
  usage: '',
  summary: 'where this live host loses packets now, without changing it and without root',
  help: `mpps watch
mpps watch --json --count 10 > ten-seconds.jsonl
Reads what the kernel counts in this network namespace and says what each growing drop counter means. Ends on Ctrl-C.
Counters may count the same packet twice: InErrors holds RcvbufErrors, so they are never added.
With ethtool installed the driver's own counters are read too. CPUs are counted for the whole machine, UDP and interfaces
for one namespace; for a container's (this needs root): nsenter --net -t PID mpps watch.`,
  flags: {
    interval: { value: 'S', text: 'seconds between two readings, 0.1 to 60 (default 1)' },
    count: { value: 'N', text: 'end after N intervals (default: on Ctrl-C)' },
    all: { value: true, text: 'the loopback interface too' },
    json: { value: true, text: 'JSON lines: one document an interval, each a line of its own' },
  },
  positionals: [],
  async run({ flags, json, signal, print }) {
    const intervalMs = secondsOf(flags.interval ?? '1') * 1000;
    const count = flags.count === undefined ? Number.POSITIVE_INFINITY : wholeNumber('count', flags.count, 1, 1_000_000_000);
    if (os.platform() !== 'linux') throw new HostError(`mpps watch: host must be Linux, got ${os.platform()}`);
    const options = { all: flags.all === true, ethtool: findProgram('ethtool') };
    const block = process.stdout.isTTY && !json ? redrawnBlock() : null;
    const reader = closedReader();
    try {
      let before = readLiveCounters(options);
      const startMs = before.atMs;
      for (let round = 1; round <= count; round += 1) {
        // From the start, not from the last reading, so that the readings do not drift; a late one is not made up for.
        const dueMs = startMs + intervalMs * Math.ceil((before.atMs - startMs) / intervalMs + 0.5);
        await sleep(dueMs - performance.now(), undefined, { signal: AbortSignal.any([signal, reader]) });
        const after = readLiveCounters(options);
        const rates = liveRates(before, after);
        const readings = dropReadings(rates, os.release());
        const at = new Date();
        const time = at.toTimeString().slice(0, 8);
        if (json) print(JSON.stringify({ schema: 'million-packets/watch/1', at: at.toISOString(), kernelRelease: os.release(), ...rates, readings }));
        else if (block) block.show(`mpps watch ${time}, over ${rates.seconds.toFixed(1)} s, Linux ${os.release()}\n\n${printWatch(rates, readings)}`);
        else print(printWatchLines(rates, readings, time));
        before = after;
      }
    } catch (error) {
      if (signal.aborted) return exitCodes.interrupted;
      if (!reader.aborted) throw error;
    }
    return exitCodes.done;
  },
};

function secondsOf(text: string | boolean): number {
  const seconds = Number(text);
  if (!(seconds >= 0.1 && seconds <= 60)) throw new InputError(`--interval must be a number of seconds from 0.1 to 60, got ${text}`);
  return seconds;
}

/** Fires when whoever read standard output has gone, as `head` does: the end of a watch, not a failure. */
function closedReader(): AbortSignal {
  const closed = new AbortController();
  process.stdout.once('error', () => closed.abort());
  return closed.signal;
}
