import type { LossPlace, Run } from '../experiment/index.js';
import type { CsvValue } from './csv.js';
import { loadBand } from './load-band.js';
import { pseudonyms } from './pseudonyms.js';
import { isAsRegistered } from './registration.js';

/** A column of the table of runs: what it holds, for people and for programs that read Frictionless Table Schema. */
interface Column {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'datetime';
  description: string;
  value: (run: Run) => CsvValue;
}

const places: LossPlace[] = ['sendBuffer', 'qdisc', 'nicRing', 'backlog', 'firewall', 'noPort', 'checksum', 'memory', 'socketBuffer', 'inFlight'];
const fact = (run: Run, name: string) => run.facts[name] ?? null;

/** Whether a record bears the name that the kit gave it; another, such as a colleague's file name, may tell whose it is. */
function isOwnName(name: string, experiment: string): boolean {
  return name.startsWith(`${experiment}-`) && /^\d{8}t\d{6}z-[0-9a-f]+$/.test(name.slice(experiment.length + 1));
}

/**
 * Columns of the table of runs, one row a run. Rates are packets per second over the measured window, packets from start to drain.
 *
 * @param sets folder that each run lies in
 * @param isPseudonymous whether names of hosts, folders and renamed records, and addresses, which could tell whose they are, give way to numbers
 */
export function runTable(sets: ReadonlyMap<Run, string>, isPseudonymous: boolean): Record<string, Column> {
  const host = pseudonyms('host', isPseudonymous);
  const address = pseudonyms('address', isPseudonymous);
  const set = pseudonyms('set', isPseudonymous);
  const run = pseudonyms('run', isPseudonymous);
  const column = (type: Column['type'], description: string, value: Column['value']): Column => ({ type, description, value });
  return {
    run: column('string', 'Name of the record', ({ name, experiment }) => (isOwnName(name, experiment.id) ? name : run(name))),
    set: column('string', 'Folder of the record', (run) => set(sets.get(run) ?? '.')),
    host: column('string', 'Machine that ran', (run) => host(run.host.name)),
    // Table Schema knows no parts of a second in its own form of a time.
    recordedAt: column('datetime', 'End of the run, UTC', ({ recordedAt }) => recordedAt.replace(/\.\d+Z$/, 'Z')),
    purpose: column('string', 'scored, or calibration, which is never scored', ({ purpose }) => purpose),
    study: column('string', 'Study that the run belongs to', (run) => fact(run, 'study')),
    kit: column('string', 'Version of the kit', ({ versions }) => versions.kit),
    kernel: column('string', 'Release of the kernel', ({ versions }) => versions.kernel),
    cpus: column('integer', 'Logical CPUs of the machine', (run) => run.host.cpus.length),
    experiment: column('string', 'Id of the experiment', ({ experiment }) => experiment.id),
    receivePath: column('string', 'Way of a packet from the wire to the socket', ({ plan }) => plan.receivePath),
    payloadBytes: column('integer', 'UDP payload of a packet', ({ experiment }) => experiment.payloadBytes),
    sources: column('integer', 'Sending threads', ({ experiment }) => experiment.sources.length),
    destinations: column('string', 'Addresses sent to, parted by blanks', ({ experiment }) =>
      [...new Set(experiment.sources.flatMap(({ destinations }) => destinations))].map(address).join(' '),
    ),
    plannedPps: column('number', 'Packets per second that the sources were to send; empty for a flood', ({ experiment }) => {
      const planned = experiment.sources.reduce((sum, { offeredPps }) => sum + (offeredPps ?? Number.NaN), 0);
      return Number.isNaN(planned) ? null : planned;
    }),
    loadBand: column('string', 'Planned load relative to the predicted knee: below 0.8, near, above 1.2, or flood', loadBand),
    layout: column('string', 'Sockets of the receiver: single, shared or reuseport', ({ experiment }) => experiment.receiver.layout),
    readers: column('integer', 'Reading threads', ({ experiment }) => experiment.receiver.placements.length),
    workNs: column('number', 'Nanoseconds of work on each packet', ({ experiment }) => experiment.receiver.workNs),
    socketBufferBytes: column(
      'integer',
      'sk_rcvbuf asked for; empty for the host’s default',
      ({ experiment }) => experiment.receiver.socketBufferBytes,
    ),
    predictedPps: column('number', 'Delivered rate registered before the run', ({ prediction }) => prediction.deliveredPps),
    predictedLowPps: column('number', 'Lower end of its 90 % prediction interval', ({ prediction }) => prediction.delivered.low),
    predictedHighPps: column('number', 'Upper end of its 90 % prediction interval', ({ prediction }) => prediction.delivered.high),
    asRegistered: column('boolean', 'Whether prediction, host and experiment are those that were registered', isAsRegistered),
    offeredPps: column('number', 'Measured: sent', ({ outcome }) => outcome.offeredPps),
    deliveredPps: column('number', 'Measured: read by the application', ({ outcome }) => outcome.deliveredPps),
    seconds: column('number', 'Length of the measured window', ({ outcome }) => outcome.seconds),
    offeredPackets: column('integer', 'Sent from start to drain', ({ outcome }) => outcome.offeredPackets ?? null),
    deliveredPackets: column('integer', 'Read from start to drain', ({ outcome }) => outcome.deliveredPackets ?? null),
    ...Object.fromEntries(
      places.map((place) => [
        `${place}Packets`,
        column('integer', `Lost at ${place}; empty where nobody looked`, ({ outcome }) => outcome.lossesPackets?.[place] ?? null),
      ]),
    ),
    unaccountedPackets: column('integer', 'Offered less delivered less all losses', ({ outcome }) => outcome.unaccountedPackets ?? null),
    bottleneck: column('string', 'Stage that limited the run', ({ outcome }) => outcome.bottleneck),
    noiseFloorShare: column('number', 'Difference of two equal runs before the study', (run) => fact(run, 'noiseFloor')),
    otherCpuShare: column('number', 'CPU time of other processes as a share of one CPU', (run) => fact(run, 'otherCpuShare')),
    doubts: column('integer', 'Reasons not to trust the run', ({ doubts }) => doubts.length),
  };
}
