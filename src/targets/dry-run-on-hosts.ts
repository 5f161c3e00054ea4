import type { Experiment } from '../experiment/index.js';
import { prepareRun } from './prepare-run.js';
import type { TargetHosts } from './target-hosts.js';
import { Testbed } from './testbed.js';
import { sendingHosts } from './traffic-plan.js';
import { describeWishes } from './tuning-wishes.js';
import { wishesOf } from './wishes-of.js';

/**
 * Says what a run would change on each host and which packets it would send, in that order, one line each. Hosts are asked what they are; nothing
 * is changed or sent.
 *
 * @throws {HostError} as measureOnHosts before its first change
 */
export async function dryRunOnHosts(experiment: Experiment, target: TargetHosts): Promise<string[]> {
  const testbed = await Testbed.open(target.hosts.receiver, sendingHosts(experiment, target.hosts), target.sshConfig);
  try {
    const { plan, traffic } = prepareRun(experiment, target, testbed);
    const { terms, sendingS, deviations } = traffic;
    return [
      ...testbed.all.flatMap(({ host }) => describeWishes(host, wishesOf(host, experiment, plan, testbed))),
      `${target.hosts.receiver.name}: would lease ${terms.addresses.join(', ')} port ${terms.port} for ${terms.maxPps} packets per second, ${terms.maxSeconds} s, ${terms.maxBytes} bytes`,
      ...traffic.senders.flatMap(({ host, config }) =>
        config.threads.map(
          ({ cpu, sourcePorts, destinations, destinationPort, payloadBytes, offeredPps }) =>
            `${host.name}: would send from ${host.interface}, ports ${sourcePorts.join(', ')}, on CPU ${cpu ?? 'any'}, to ${destinations.join(', ')} port ${destinationPort}: UDP, ${payloadBytes} bytes, at most ${offeredPps} packets per second, for ${sendingS} s`,
        ),
      ),
      ...deviations,
    ];
  } finally {
    await testbed.close();
  }
}
