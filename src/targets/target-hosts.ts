import type { Experiment, Host, Hosts, Run } from '../experiment/index.js';
import type { MeasureOptions, MeasuringHosts } from '../lab/index.js';
import { dryRunOnHosts } from './dry-run-on-hosts.js';
import { measureOnHosts } from './measure-on-hosts.js';
import { readHostsFile } from './read-hosts-file.js';
import { Testbed } from './testbed.js';

/** Machines of a hosts file, as `measure` takes them. */
export class TargetHosts implements MeasuringHosts {
  readonly hosts: Hosts;
  readonly sshConfig: string | null;

  /** @param sshConfig an ssh configuration file instead of the user's own */
  constructor(hosts: Hosts, sshConfig: string | null = null) {
    this.hosts = hosts;
    this.sshConfig = sshConfig;
  }

  measure(experiment: Experiment, options: Omit<MeasureOptions, 'hosts' | 'lab'> = {}): Promise<Run> {
    return measureOnHosts(experiment, this, options);
  }

  /** The receiving host as it describes itself, its costs assumed. @throws {HostError} of one line when it cannot be reached */
  async describe(): Promise<Host> {
    const testbed = await Testbed.open(this.hosts.receiver, [], this.sshConfig);
    try {
      return testbed.receiver.description.host;
    } finally {
      await testbed.close();
    }
  }

  /** What `measure` would change and send, one line each; nothing is changed or sent. */
  dryRun(experiment: Experiment): Promise<string[]> {
    return dryRunOnHosts(experiment, this);
  }
}

/**
 * The machines of a hosts file: `measure(experiment, { hosts: targetHosts('my-hosts.yaml') })`. Nothing is contacted before.
 *
 * @throws {InputError} with one line that names file, field, rule and value
 */
export function targetHosts(file: string): TargetHosts {
  return new TargetHosts(readHostsFile(file));
}
