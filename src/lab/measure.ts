import { articleFirewall, type Experiment, type Host, type Outcome, type Plan, type Run, type Sample } from '../experiment/index.js';
import { readFacts, readProcessTicks, ticksSince } from '../host/index.js';
import { plan as planExperiment, predict } from '../model/index.js';
import { runsFolder } from '../records/read-runs.js';
import { registerPrediction, withdrawPrediction } from '../records/registration.js';
import { runName } from '../records/run-name.js';
import { writeRun } from '../records/write-run.js';
import { doctor } from './doctor.js';
import { doubts } from './doubts.js';
import { thisHost } from './host-file.js';
import { Lab } from './lab.js';
import { requireLab } from './lab-obstacles.js';
import { takeLock } from './lock.js';
import { Loopback } from './loopback.js';
import { measuredOutcome } from './measured-outcome.js';
import type { MeasuringHosts } from './measuring-hosts.js';
import { receiverConfig, sendingWorkers } from './native-config.js';
import { packetMeaning } from './packet-meaning.js';
import { probeSpeeds } from './probe-speeds.js';
import { type MeasureProgress, progressOf } from './progress.js';
import { type RunArrivals, runArrivals } from './run-arrivals.js';
import { SoftwareNic } from './software-nic.js';
import { Traffic } from './traffic.js';
import type { TrafficPlace } from './traffic-place.js';
import { versions } from './versions.js';

const sampleMs = 250;
/** The senders outlive the window by this much, so that its last sample is taken under load. */
const tailS = 0.15;

/** How to measure; everything may be left out. */
export interface MeasureOptions {
  /** A lab that is up; without one, one is brought up for this run and taken down after it. */
  lab?: Lab;
  /** Other machines to measure on; without them, this one. */
  hosts?: MeasuringHosts;
  /** The host to predict with; without one, this machine as it was last calibrated. */
  host?: Host;
  /** Folder for the record; null records nothing. */
  folder?: string | null;
  /** Facts to record beside the host's own, such as the study that the run belongs to. */
  facts?: Run['facts'];
  onProgress?: (progress: MeasureProgress) => void;
  signal?: AbortSignal;
}

/**
 * Runs an Experiment with real packets on this machine, or on `hosts`: registers the prediction, brings up the lab, sends, samples,
 * drains, closes the account, and records. With a host whose receive path is loopback it runs there, and needs no privileges.
 *
 * @throws {HostError} when this machine cannot express or run it, with the reason
 * @throws {DOMException} named AbortError when the signal fires; everything is undone first
 */
export async function measure(experiment: Experiment, options: MeasureOptions = {}): Promise<Run> {
  const { folder = runsFolder, onProgress = () => {}, signal } = options;
  signal?.throwIfAborted();
  if (options.hosts) return options.hosts.measure(experiment, options);
  const host = options.host ?? (await thisHost());
  const isLoopback = host.receivePath === 'loopback';
  if (!isLoopback) requireLab();
  const plan = planExperiment(experiment, host);
  const prediction = predict(experiment, host);
  const lock = await takeLock({ onWait: () => onProgress({ step: 'wait', elapsedS: 0, totalS: 0, deliveredPps: 0, deliveredBytesPerSecond: 0 }) });
  let lab: TrafficPlace | undefined = isLoopback ? new Loopback() : options.lab;
  let name: string | undefined;
  let hasSent = false;
  try {
    if (!isLoopback) doctor({ undo: true });
    lab ??= Lab.open({ port: experiment.receiver.port });
    name = runName(experiment.id);
    const predictionSha256 = registerPrediction(folder, name, { experiment, host, plan, prediction });
    const onSend = () => {
      hasSent = true;
    };
    const speedsBefore = probeSpeeds();
    const traffic = await runTraffic(lab, experiment, plan, { onSend, onProgress, signal });
    const run = finishedRun({ name, experiment, host, plan, prediction, predictionSha256 }, lab, traffic);
    run.cpuSpeeds = { before: speedsBefore, after: probeSpeeds() };
    Object.assign(run.facts, options.facts);
    if (folder !== null) writeRun(folder, run);
    return run;
  } catch (error) {
    // A run that has begun cannot be taken back: its registration stays, as one without a run.
    if (name && !hasSent) withdrawPrediction(folder, name);
    throw error;
  } finally {
    if (!options.lab) lab?.close();
    await lock.release();
  }
}

interface FinishedTraffic {
  samples: Sample[];
  window: Run['window'];
  sockets: Run['sockets'];
  arrivals: RunArrivals;
  otherCpuShare: number;
  latenessNs: number;
}

async function runTraffic(
  lab: TrafficPlace,
  experiment: Experiment,
  plan: Plan,
  { onSend, onProgress, signal }: { onSend: () => void; onProgress: (progress: MeasureProgress) => void; signal: AbortSignal | undefined },
): Promise<FinishedTraffic> {
  const { warmUpS, durationS } = experiment;
  const totalS = warmUpS + durationS + tailS;
  lab.steerTo(plan.receivePath === 'veth-rps' ? (plan.queues[0]?.cpu ?? null) : null);
  lab.filterBy(experiment.receiver.firewall ?? articleFirewall);
  lab.segmentBy(experiment.sources[0]?.segmentation?.cutBy ?? 'receiver');
  lab.pollDevice(plan.receivePath !== 'software-nic' && (plan.wirePps !== undefined || typeof experiment.receiver.waiting === 'object'));
  const nic =
    plan.receivePath === 'software-nic' && lab instanceof Lab
      ? SoftwareNic.open(lab, experiment.nic, plan.queues, experiment.receiver.path === 'af-xdp')
      : null;
  let traffic: Traffic;
  try {
    traffic = await Traffic.open(lab, sendingWorkers(experiment, plan, lab), receiverConfig(experiment, plan, totalS, nic?.frames), nic);
  } catch (error) {
    nic?.close();
    throw error;
  }
  const stop = () => traffic.kill();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const samples = [await traffic.sample()];
    const window = { first: 0, last: 0 };
    const outsiders = [process.pid, ...traffic.pids];
    let ticksBefore = new Map<number, number>();
    let arrivedBefore = traffic.arrivals;
    onSend();
    await traffic.send(totalS);
    const startMs = performance.now();
    for (let dueS = warmUpS; ; dueS = Math.min(dueS + sampleMs / 1000, warmUpS + durationS)) {
      await until(startMs + dueS * 1000, signal);
      samples.push(await traffic.sample());
      if (window.first === 0) {
        window.first = samples.length - 1;
        ticksBefore = readProcessTicks(outsiders);
        arrivedBefore = traffic.arrivals;
      }
      onProgress(progressOf(experiment, samples, (performance.now() - startMs) / 1000, totalS));
      if (dueS >= warmUpS + durationS) break;
    }
    window.last = samples.length - 1;
    const arrivedInside = traffic.arrivals;
    const otherTicks = ticksSince(ticksBefore, outsiders);
    await traffic.sent();
    samples.push(await traffic.drained());
    const sockets = await traffic.close();
    signal?.throwIfAborted();
    const arrivals = runArrivals(arrivedBefore, arrivedInside, traffic.arrivals);
    return { samples, window, sockets, arrivals, otherCpuShare: otherTicks / 100 / durationS, latenessNs: traffic.latenessNs };
  } catch (error) {
    traffic.kill();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    nic?.close();
  }
}

async function until(atMs: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, atMs - performance.now())));
  signal?.throwIfAborted();
}

function finishedRun(
  registered: { name: string; experiment: Experiment; host: Host; plan: Plan; prediction: Outcome; predictionSha256: string },
  lab: TrafficPlace,
  { samples, window, sockets, arrivals, otherCpuShare, latenessNs }: FinishedTraffic,
): Run {
  const outcome = measuredOutcome(registered.experiment, registered.host, registered.plan, samples, window, sockets);
  outcome.notes.push(...packetMeaning(registered.experiment), ...registered.plan.deviations, ...lab.shortcomings);
  return {
    schema: 'million-packets/run/1',
    ...registered,
    recordedAt: new Date().toISOString(),
    purpose: 'scored',
    outcome,
    samples,
    window,
    sockets,
    ...arrivals,
    facts: { ...readFacts(), otherCpuShare, latenessNs },
    versions: versions(),
    doubts: doubts({ ...registered, outcome, samples, sockets }, otherCpuShare),
  };
}
