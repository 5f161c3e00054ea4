// How many datagrams a second reach a program on this machine, each by itself: the ready-made experiments million-wire and million-gso, ten windows
// of two seconds each, by turns, after a calibration that predicts them. A virtual machine has slow and fast phases, so a probe of its CPUs' speed
// stands beside every window.
import { mean, median } from 'simple-statistics';
import { experiments } from '../dist/index.js';
import { packetMeaning } from '../dist/lab/packet-meaning.js';
import { repeatedRuns } from './repeats/repeated-runs.mjs';

const repeats = 10;
/** Packets per second to reach, and the share that may be lost on the way. */
const goals = { 'million-wire': 1e6, 'million-gso': 1.5e6 };
const mostLost = 0.01;

export default async function bench({ only }) {
  const asked = Object.keys(goals).map((id) => ({ experiment: experiments()[id] }));
  const runs = await repeatedRuns(asked, { repeats, only, calibrates: true });
  return { name: 'million', rounds: repeats, ratios: {}, notes: runs.flatMap((windows) => [...windows.map(window), ...summary(windows)]) };
}

function window({ experiment, outcome, cpuSpeeds, doubts }, index) {
  const aluNs = mean([...cpuSpeeds.before, ...cpuSpeeds.after].map((speed) => speed.aluNs));
  const open = outcome.unaccountedPackets ? `, ${outcome.unaccountedPackets} packets unaccounted for` : '';
  return `${experiment.id} ${index + 1}: delivered ${thousands(outcome.deliveredPps)}, lost ${percent(lostShare(outcome))}${open}, ALU loop ${aluNs.toFixed(2)} ns${doubts.length ? ` (${doubts.join('; ')})` : ''}`;
}

function summary(windows) {
  const [{ experiment, prediction }] = windows;
  const delivered = windows.map(({ outcome }) => outcome.deliveredPps);
  const good = windows.filter(({ outcome }) => lostShare(outcome) < mostLost).map(({ outcome }) => outcome.deliveredPps);
  const planned = experiment.sources.some(({ offeredPps }) => offeredPps === null) ? 'a flood' : thousands(experiment.sources[0].offeredPps);
  return [
    `${experiment.id}: planned ${planned}, predicted ${thousands(prediction.deliveredPps)} (${thousands(prediction.delivered.low)} to ${thousands(prediction.delivered.high)}); best window with less than ${percent(mostLost)} lost ${thousands(Math.max(0, ...good))} (goal ${thousands(goals[experiment.id])}), median of all ${thousands(median(delivered))}`,
    `${experiment.id}: ${packetMeaning(experiment).join(' ')}`,
    ...prediction.notes.filter((note) => note.startsWith('Not covered')).map((note) => `${experiment.id}: ${note}`),
  ];
}

/** From start to drain: what still waits in a socket at the end of the window is not lost. */
function lostShare({ offeredPackets, deliveredPackets }) {
  return 1 - deliveredPackets / offeredPackets;
}

const thousands = (pps) => `${(pps / 1000).toFixed(0)}k pps`;
const percent = (share) => `${(100 * share).toFixed(2)} %`;
