import type { CostName, Experiment, Host, Outcome, Placement } from '../experiment/index.js';
import { predict } from '../model/predict.js';
import { formatKpps } from '../plot/format-kpps.js';
import { formatPercent } from '../plot/format-percent.js';
import type { Settings } from './control.js';
import { costControls, hostWithSettings } from './cost-controls.js';
import type { Explorable } from './explorable.js';
import { type LivelockPoint, livelockPicture } from './livelock-picture.js';
import { oneQueueExperiment } from './path-experiment.js';

const costs: CostName[] = ['softirqNs', 'readNs', 'softirqDropRatio'];
const roles = [
  { value: 'queue-cpu', label: "the queue's own CPU" },
  { value: 'queue-node', label: 'another core of its node' },
  { value: 'other-node', label: 'the other node' },
] as const;
const highestPps = 1.6e6;
const samples = 33;
/** Halvings of the step about the peak: 50 k over 2⁵ is too little to see. */
const refinements = 5;

/** Offered against delivered for one flow: with the reader on the softirq's CPU, more offered is less delivered. */
export const livelockExplorable: Explorable = {
  name: 'livelock',
  title: 'More packets in, fewer packets out',
  question: 'Where should the reader run, and what happens when too much is sent?',
  invitation: 'Raise the offered load past the peak, then move the reader to another core.',
  usesArticle: false,
  controls: ({ host }) => [
    {
      kind: 'range',
      name: 'offeredPps',
      label: 'offered',
      low: 20e3,
      high: highestPps,
      step: 20e3,
      initial: 600e3,
      scale: 'linear',
      format: (pps) => `${formatKpps(pps)} k`,
    },
    { kind: 'choice', name: 'role', label: 'the reader runs on', options: [...roles], initial: 'queue-cpu' },
    {
      kind: 'range',
      name: 'workNs',
      label: 'work on each packet',
      low: 0,
      high: 5000,
      step: 100,
      initial: 0,
      scale: 'linear',
      format: (ns) => `${ns} ns`,
    },
    ...costControls(host, costs),
  ],
  draw(settings, widthPx, { host }) {
    const set = hostWithSettings(host, costs, settings);
    const curve = curveOf(settings, set);
    const now = pointOf(predict(experimentOf(settings, Number(settings.offeredPps)), set));
    const peak = peakOf(curve);
    const lost = now.offeredPps - now.deliveredPps;
    const sentence =
      `Of ${formatKpps(now.offeredPps)} k offered, ${formatKpps(now.deliveredPps)} k arrive and ${formatPercent(lost / now.offeredPps)} are lost. ` +
      `The most that this placement delivers is ${formatKpps(peak.deliveredPps)} k, at ${formatKpps(peak.offeredPps)} k offered` +
      `${(curve[curve.length - 1]?.deliveredPps ?? 0) < 0.98 * peak.deliveredPps ? '; beyond it every further packet costs delivered ones: receive livelock.' : ', and more load does not lower it.'}`;
    return { svg: livelockPicture(curve, now, widthPx, sentence), card: `<p>${sentence}</p>` };
  },
};

function experimentOf(settings: Settings, offeredPps: number): Experiment {
  const placement: Placement = { role: (roles.find(({ value }) => value === settings.role) ?? roles[0]).value, queue: 0, index: 0 };
  return oneQueueExperiment(offeredPps, placement, Number(settings.workNs));
}

let latest: { key: string; curve: LivelockPoint[] } | null = null;

/** The curve of these settings; it stays while only the offered load is dragged. */
function curveOf(settings: Settings, host: Host): LivelockPoint[] {
  const key = JSON.stringify([{ ...settings, offeredPps: 0 }, host]);
  if (latest?.key !== key) {
    const step = highestPps / (samples - 1);
    const at = (offeredPps: number) => pointOf(predict(experimentOf(settings, offeredPps), host));
    const curve = Array.from({ length: samples - 1 }, (_, index) => at((index + 1) * step));
    for (let round = 1; round <= refinements; round += 1) {
      const { offeredPps } = peakOf(curve);
      curve.push(at(offeredPps - step / 2 ** round), at(Math.min(highestPps, offeredPps + step / 2 ** round)));
    }
    latest = { key, curve: curve.sort((a, b) => a.offeredPps - b.offeredPps) };
  }
  return latest.curve;
}

function peakOf(curve: readonly LivelockPoint[]): LivelockPoint {
  return curve.reduce((best, point) => (point.deliveredPps > best.deliveredPps ? point : best));
}

function pointOf({ offeredPps, deliveredPps, lossesPps }: Outcome): LivelockPoint {
  return { offeredPps: offeredPps ?? 0, deliveredPps, nicRingPps: lossesPps.nicRing ?? 0, socketBufferPps: lossesPps.socketBuffer ?? 0 };
}
