import type { Experiment, Host, HostError, Outcome, Plan, Run, RunHost, Sample } from '../experiment/index.js';
import { doubts } from '../lab/doubts.js';
import type { MeasureOptions, MeasureProgress } from '../lab/index.js';
import { measuredOutcome } from '../lab/measured-outcome.js';
import { progressOf } from '../lab/progress.js';
import { runsFolder } from '../records/read-runs.js';
import { registerPrediction, withdrawPrediction } from '../records/registration.js';
import { runName } from '../records/run-name.js';
import { writeRun } from '../records/write-run.js';
import { jointSample, type Readings } from './joint-sample.js';
import { JointTraffic } from './joint-traffic.js';
import { monotonicMs } from './monotonic-ms.js';
import { prepareRun } from './prepare-run.js';
import type { TargetHosts } from './target-hosts.js';
import { type ReachedHost, Testbed } from './testbed.js';
import { sendingHosts, type TrafficPlan } from './traffic-plan.js';
import { wishesOf } from './wishes-of.js';

const sampleMs = 250;
/** Drivers take seconds to make new queues. */
const tuningS = 60;

/**
 * Runs an Experiment on target hosts: reaches all, registers the prediction, opens the receiver, takes its lease, starts the senders together,
 * reads all hosts at the same instants, drains, closes the account, and records. When a host vanishes, what was measured is kept and marked.
 *
 * @throws {HostError} of one line when hosts cannot take part, or vanish before anything was measured
 * @throws {DOMException} named AbortError when the signal fires; all hosts stop and clean up first
 */
export async function measureOnHosts(experiment: Experiment, target: TargetHosts, options: Omit<MeasureOptions, 'hosts' | 'lab'>): Promise<Run> {
  const { folder = runsFolder, onProgress = () => {}, signal } = options;
  const testbed = await Testbed.open(target.hosts.receiver, sendingHosts(experiment, target.hosts), target.sshConfig);
  const name = runName(experiment.id);
  let isRegistered = false;
  let hasSent = false;
  const letGo = () => void testbed.close();
  signal?.addEventListener('abort', letGo, { once: true });
  try {
    signal?.throwIfAborted();
    const { host, plan, prediction, traffic } = prepareRun(experiment, target, testbed, options.host);
    await testbed.reserve();
    const changes = await tuneAll(experiment, plan, testbed);
    const joint = await JointTraffic.open(testbed, traffic, target.hosts.allowRouted);
    const predictionSha256 = registerPrediction(folder, name, { experiment, host, plan, prediction });
    isRegistered = true;
    const onSend = () => {
      hasSent = true;
    };
    const measured = await runTraffic(joint, experiment, traffic, onSend, onProgress, signal);
    const registered = { name, experiment, host, plan, prediction, predictionSha256 };
    const run = finishedRun(registered, measured, testbed, traffic.deviations, changes);
    Object.assign(run.facts, options.facts);
    if (folder !== null) writeRun(folder, run);
    return run;
  } catch (error) {
    // A run that has begun cannot be taken back: its registration stays, as one without a run.
    if (isRegistered && !hasSent) withdrawPrediction(folder, name);
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', letGo);
    await testbed.close();
  }
}

/** Lets each host change what it may. @returns for each host of the testbed, one line a change */
function tuneAll(experiment: Experiment, plan: Plan, testbed: Testbed): Promise<string[][]> {
  return Promise.all(
    testbed.all.map(async ({ host, link }) => {
      const wishes = wishesOf(host, experiment, plan, testbed);
      const { changes } = await link.ask('tune', { interface: host.interface, allow: host.allow, wishes }, tuningS);
      return changes.map((line) => `${host.name}: ${line}`);
    }),
  );
}

interface MeasuredTraffic {
  samples: Sample[];
  window: Run['window'];
  sockets: Run['sockets'];
  otherCpuShare: number;
  /** Why the run is only a part of one. */
  fault: HostError | null;
}

async function runTraffic(
  joint: JointTraffic,
  experiment: Experiment,
  { sendingS }: TrafficPlan,
  onSend: () => void,
  onProgress: (progress: MeasureProgress) => void,
  signal: AbortSignal | undefined,
): Promise<MeasuredTraffic> {
  const { warmUpS, durationS } = experiment;
  const first = await joint.read();
  const readings: Readings[] = [first];
  const samples: Sample[] = [jointSample(first, first.receiver.tNs)];
  let isClosed = false;
  const take = (next: Readings) => {
    if (isClosed) return;
    readings.push(next);
    samples.push(jointSample(next, first.receiver.tNs));
  };
  const window = { first: 0, last: 0 };
  let fault: HostError | null = null;
  const measureWindow = async (): Promise<null> => {
    onSend();
    const startMs = await joint.start();
    for (let dueS = warmUpS; ; dueS = Math.min(dueS + sampleMs / 1000, warmUpS + durationS)) {
      await untilMs(startMs + dueS * 1000);
      signal?.throwIfAborted();
      take(await joint.read());
      if (window.first === 0) window.first = samples.length - 1;
      onProgress(progressOf(experiment, samples, (monotonicMs() - startMs) / 1000, sendingS));
      if (dueS >= warmUpS + durationS) break;
    }
    window.last = samples.length - 1;
    await untilMs(startMs + sendingS * 1000);
    take(await joint.drain());
    return null;
  };
  const work = measureWindow();
  work.catch(() => {});
  try {
    fault = await Promise.race([work, joint.broken]);
  } catch (error) {
    signal?.throwIfAborted();
    fault = error as HostError;
  }
  signal?.throwIfAborted();
  if (fault) {
    const rest = await joint.salvage();
    if (rest) take(rest);
    // The abandoned loop may still be reading.
    isClosed = true;
    // What was read after the fault says nothing about the rate.
    const lastUnderLoad = samples.length - 2;
    if (window.last === 0 || window.last > lastUnderLoad) window.last = lastUnderLoad;
    if (window.first === 0 || window.first >= window.last) window.first = Math.max(0, window.last - 1);
    if (window.first >= window.last) throw fault;
  }
  const sockets = await joint.sockets();
  const ticks = (index: number) => readings[index]?.receiver.otherTicks ?? 0;
  return { samples, window, sockets, otherCpuShare: (ticks(window.last) - ticks(window.first)) / 100 / durationS, fault };
}

async function untilMs(atMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, atMs - monotonicMs())));
}

function finishedRun(
  registered: { name: string; experiment: Experiment; host: Host; plan: Plan; prediction: Outcome; predictionSha256: string },
  { samples, window, sockets, otherCpuShare, fault }: MeasuredTraffic,
  testbed: Testbed,
  deviations: string[],
  changes: string[][],
): Run {
  const outcome = measuredOutcome(registered.experiment, registered.host, registered.plan, samples, window, sockets);
  outcome.notes.push(...registered.plan.deviations, ...deviations, ...changes.flat().filter((line) => line.includes(': not changed: ')));
  const { facts, versions } = testbed.receiver.description;
  return {
    schema: 'million-packets/run/1',
    ...registered,
    recordedAt: new Date().toISOString(),
    purpose: 'scored',
    outcome,
    samples,
    window,
    sockets,
    facts: { ...facts, otherCpuShare, ...(fault ? { partial: fault.message } : {}) },
    versions,
    hosts: testbed.all.map((reached, index) => runHost(reached, index === 0 ? 'receiver' : 'sender', changes[index] ?? [])),
    doubts: [...(fault ? [`only a part of the run: ${fault.message}`] : []), ...doubts({ ...registered, outcome, samples, sockets }, otherCpuShare)],
  };
}

function runHost({ host, clock, description }: ReachedHost, role: RunHost['role'], changes: string[]): RunHost {
  const { driver = null, mtuBytes = null, rxQueues = null, speedMbps = null } = description.nic ?? {};
  return {
    role,
    name: host.name,
    facts: description.facts,
    versions: description.versions,
    nic: { driver, mtuBytes, rxQueues, speedMbps },
    clock: { wallOffsetMs: clock.wallOffsetMs, roundTripMs: clock.roundTripMs },
    changes,
  };
}
