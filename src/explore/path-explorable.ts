import { expectedExplanation } from '../model/explain/expected-explanation.js';
import { predict } from '../model/predict.js';
import { formatKpps } from '../plot/format-kpps.js';
import { bottleneckCard } from './bottleneck-card.js';
import type { Explorable } from './explorable.js';
import { pathExperiment } from './path-experiment.js';
import { pathLanes } from './path-lanes.js';
import { pathPicture } from './path-picture.js';

/** The way of the packets of one experiment, from the senders to the application. */
export const pathExplorable: Explorable = {
  name: 'packet-path',
  title: 'The path of a packet',
  question: 'Where do packets die, and what would save them?',
  invitation: 'Raise the offered load until packets are lost. Then add a queue, and watch the place of the loss move.',
  usesArticle: false,
  controls: ({ host }) => [
    {
      kind: 'range',
      name: 'offeredPps',
      label: 'offered',
      low: 50e3,
      high: 2.5e6,
      step: 25e3,
      initial: 800e3,
      scale: 'linear',
      format: (pps) => `${formatKpps(pps)} k`,
    },
    { kind: 'range', name: 'queues', label: 'RX queues', low: 1, high: 4, step: 1, initial: 1, scale: 'linear', format: (queues) => `${queues}` },
    {
      kind: 'range',
      name: 'readers',
      label: 'reading threads',
      low: 1,
      high: 4,
      step: 1,
      initial: 1,
      scale: 'linear',
      format: (readers) => `${readers}`,
    },
    {
      kind: 'choice',
      name: 'sockets',
      label: 'threads read',
      options: [
        { value: 'shared', label: 'one socket together' },
        { value: 'hash', label: 'a socket each, by hash' },
        { value: 'steered', label: "a socket each, by the queue's CPU" },
      ],
      initial: 'shared',
    },
    {
      kind: 'choice',
      name: 'role',
      label: 'they run on',
      options: [
        { value: 'queue-node', label: "other cores of the queue's node" },
        { value: 'queue-cpu', label: "the queue's own CPU" },
        { value: 'queue-sibling', label: 'the hyper-thread beside it' },
        { value: 'other-node', label: 'the other node' },
      ],
      initial: 'queue-node',
    },
    {
      kind: 'range',
      name: 'workNs',
      label: 'work on each packet',
      low: 0,
      high: 10_000,
      step: 100,
      initial: 0,
      scale: 'linear',
      format: (ns) => `${(ns / 1000).toFixed(1)} µs`,
    },
    {
      kind: 'range',
      name: 'bufferBytes',
      label: 'socket buffer',
      low: 4096,
      high: 8_388_608,
      initial: host.socketBufferBytes,
      scale: 'log',
      format: (bytes) => (bytes < 1e6 ? `${Math.round(bytes / 1024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`),
    },
    {
      kind: 'range',
      name: 'boot',
      label: 'boot again (a new hash)',
      low: 1,
      high: 50,
      step: 1,
      initial: 1,
      scale: 'linear',
      format: (boot) => `no. ${boot}`,
    },
  ],
  draw(settings, widthPx, { host }) {
    const experiment = pathExperiment(settings);
    const lanes = pathLanes(experiment, host, predict(experiment, host));
    const explanation = expectedExplanation(experiment, host);
    return {
      svg: pathPicture(lanes, explanation.limiting, widthPx, explanation.sentence),
      card: `${bottleneckCard('What limits it', explanation)}<p class="muted">Streams are as wide as their rates. CPUs show what <code>mpstat</code> would, wake-ups included. Queues are as full as they are on average; a buffer of ${lanes.bufferPackets.toLocaleString('en-US')} packets bridges ${bridgedMs(lanes)} in which nobody reads, and no more: it buys time, not rate.</p>`,
    };
  },
};

/** How long the socket buffer takes what comes when nobody reads. */
function bridgedMs({ bufferPackets, sockets }: ReturnType<typeof pathLanes>): string {
  const fastest = Math.max(...sockets.map(({ offeredPps }) => offeredPps));
  const ms = (bufferPackets / Math.max(fastest, 1)) * 1000;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toPrecision(2)} ms`;
}
