import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { labNetwork } from '../../dist/experiment/index.js';
import { parseSnmp } from '../../dist/host/parse-snmp.js';
import { spawnWorker } from '../../dist/native/spawn-worker.js';

const [destination] = labNetwork.receivers;
/** Longer than any bench: everything that sends ends by itself even when nobody stops it. */
const longestS = 290;

/**
 * A receiver and a sender in a lab that are stopped and let run by turns.
 *
 * @typedef {object} Contender
 * @property {number[]} pids
 * @property {() => Promise<{ tNs: number, datagrams: number }>} read while it runs
 * @property {() => void} kill
 */

/**
 * Our own sender and receiver.
 *
 * @param {import('../../dist/lab/lab.js').Lab} lab
 * @param {{ sender: number, reader: number }} cpus
 * @param {number} port
 * @param {{ sender?: object, receiver?: object, isWired?: boolean }} changes of the article's configuration; isWired: the in-kernel wire
 *   sends, which needs a lab whose receiving device is polled
 * @returns {Promise<Contender>}
 */
export async function kitContender(lab, cpus, port, { sender = {}, receiver = {}, isWired = false } = {}) {
  const receiving = await spawnWorker({
    role: 'receiver',
    namespace: lab.receiver.namespace,
    config: {
      layout: 'single',
      threads: [{ cpu: cpus.reader }],
      batchPackets: 512,
      address: '0.0.0.0',
      port,
      payloadBytes: 32,
      socketBufferBytes: null,
      workNs: 0,
      seconds: longestS,
      paused: false,
      ...(receiver.path === 'af-xdp' ? { device: lab.receiver.device } : {}),
      ...receiver,
    },
  });
  const request = isWired ? wireRequest(lab, cpus, port, sender) : senderRequest(cpus, port, sender);
  const sending = await spawnWorker({ ...request, namespace: lab.sender.namespace }).catch((error) => {
    receiving.kill();
    throw error;
  });
  await sending.start(longestS);
  const contender = ofPids([receiving.pid, sending.pid], receiving.pid);
  // Where a buffer holds several datagrams, or none passes a UDP socket, the reader's own count stands in for the kernel's.
  if (receiver.gro || receiver.path === 'af-xdp') {
    contender.read = async () => {
      const { tNs, threads } = await receiving.snapshot();
      return { tNs, datagrams: threads[0].packets };
    };
  }
  return contender;
}

function senderRequest(cpus, port, changes) {
  const thread = {
    cpu: cpus.sender,
    destinations: [destination],
    destinationPort: port,
    sourcePorts: [port + 10_000],
    batchPackets: 1024,
    payloadBytes: 32,
    offeredPps: null,
    ...changes,
  };
  return { role: 'sender', config: { threads: [thread] } };
}

function wireRequest(lab, cpus, port, { offeredPps = null }) {
  const config = {
    cpu: cpus.sender,
    device: lab.sender.device,
    sourceMac: lab.sender.mac,
    destinationMac: lab.receiver.mac,
    sourceAddress: labNetwork.sender,
    destinationPort: port,
    payloadBytes: 32,
    batchRuns: 64,
    catchesUpAtOnce: true,
    sources: [{ flows: [{ destination, sourcePort: port + 10_000 }], offeredPps }],
  };
  return { role: 'wire', config };
}

/**
 * Other programs, each a command that runs until it is killed.
 *
 * @param {import('../../dist/lab/lab.js').Lab} lab
 * @param {{ sender: number, reader: number }} cpus
 * @param {{ receiver: string[], sender: string[] }} commands
 * @returns {Promise<Contender>}
 */
export async function programContender(lab, cpus, { receiver, sender }) {
  const inside = (end, cpu, command) =>
    spawn('nsenter', [`--net=${end.namespace}`, 'taskset', '-c', String(cpu), 'setpriv', '--pdeathsig', 'KILL', ...command], { stdio: 'ignore' });
  const receiving = inside(lab.receiver, cpus.reader, receiver);
  await pause(300);
  const sending = inside(lab.sender, cpus.sender, sender);
  await pause(300);
  const ended = [receiving, sending].find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
  const contender = ofPids([receiving.pid, sending.pid], receiving.pid);
  if (!ended) return contender;
  contender.kill();
  throw new Error(`${ended.spawnargs.join(' ')} ended at once`);
}

function ofPids(pids, receiverPid) {
  return {
    pids,
    // Only one contender of a namespace runs at a time, so that the namespace's counter is its own.
    read: async () => {
      const text = readFileSync(`/proc/${receiverPid}/net/snmp`, 'utf8');
      return { tNs: Number(process.hrtime.bigint()), datagrams: parseSnmp(text, ['Udp'])['Udp.InDatagrams'] };
    },
    kill: () => signal(pids, 'SIGKILL'),
  };
}

export function signal(pids, name) {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
