import type { Cost } from '../../experiment/cost.js';
import { HostError } from '../../experiment/errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';

/** Frames that an AF_XDP socket has room for: XdpReader::kFrames of the native receiver. */
export const frameSocketPackets = 4096;

/** Runs of the wire between two flushes, which is when a reader is woken. */
const flushPackets = 64;

/** Whether the frames of an experiment go to an AF_XDP socket, before the network stack and without a ring of their own. */
export function takesFrames({ receiver }: Pick<Experiment, 'receiver'>, { receivePath }: Pick<Host, 'receivePath'>): boolean {
  return receiver.path === 'af-xdp' && receivePath === 'software-nic';
}

/**
 * The host as frames on their way to an AF_XDP socket meet it. Their way has the form of veth's, where the sending CPU also receives: the
 * wire makes a frame (`wireNs` in the place of sendNs), hashes it and copies it into the socket's memory (`frameCopyNs` in the place of
 * softirqNs), and the reader takes it from there (`frameReadNs` in the place of readNs, with the cache lines from the other CPU). One reader
 * is woken once a flush at most. A frame without room costs what one with room does [assumed].
 *
 * @returns the host itself for every other experiment
 * @throws {HostError} when the host has no price for a frame
 * Source: veth_xdp_rcv_one in drivers/net/veth.c, __xsk_rcv and xsk_flush in net/xdp/xsk.c (6.18).
 */
export function frameHost(experiment: Experiment, host: Host): Host {
  if (!takesFrames(experiment, host)) return host;
  const { wireNs, frameCopyNs, frameReadNs, sendCallNs: _, readCallNs: __, ...costs } = host.costs;
  if (!wireNs || !frameCopyNs || !frameReadNs)
    throw new HostError(
      `receiver.path: host ${host.name} has no price for a frame of AF_XDP (frameCopyNs, frameReadNs); calibrate it again with --path software-nic`,
    );
  const none = fixed(0, 'AF_XDP has one producer and one reader, whose cache lines frameReadNs holds');
  return {
    ...host,
    costs: {
      ...costs,
      sendNs: wireNs,
      softirqNs: frameCopyNs,
      softirqDropRatio: fixed(1, 'a frame without room costs what one with room does'),
      readNs: frameReadNs,
      handOverNs: none,
      producerContentionNs: none,
      readerContentionNs: none,
      wakeUpNs: experiment.receiver.waiting === 'spin' ? none : costs.wakeUpNs,
      wakeLatencyNs: fixed(flushPackets * (wireNs.value + frameCopyNs.value), 'a reader is woken once a flush at most'),
    },
  };
}

function fixed(value: number, source: string): Cost {
  return { value, low: value, high: value, origin: 'assumed', source };
}
