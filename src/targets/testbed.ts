import { HostError, type NamedHost } from '../experiment/index.js';
import type { HostLink } from './host-link.js';
import { type HostClock, measureClock } from './measure-clock.js';
import { openLink } from './open-link.js';
import type { HostDescription } from './protocol/protocol.js';
import { SshConnection } from './ssh/connection.js';

/** A host that is reached, described and ready to be asked. */
export interface ReachedHost {
  host: NamedHost;
  link: HostLink;
  clock: HostClock;
  description: HostDescription;
}

/** The hosts of one run, all reached at once. */
export class Testbed {
  readonly receiver: ReachedHost;
  readonly senders: ReachedHost[];
  readonly #connections: SshConnection[];

  private constructor(connections: SshConnection[], [receiver, ...senders]: ReachedHost[]) {
    this.receiver = receiver as ReachedHost;
    this.senders = senders;
    this.#connections = connections;
  }

  /**
   * Reaches every host; nothing is changed there.
   *
   * @throws {HostError} of one line for the first that cannot take part; the others are let go
   */
  static async open(receiver: NamedHost, senders: NamedHost[], sshConfig: string | null): Promise<Testbed> {
    const connections: SshConnection[] = [];
    const links: HostLink[] = [];
    const reach = async (host: NamedHost): Promise<ReachedHost> => {
      const connection = await SshConnection.open(host, sshConfig);
      connections.push(connection);
      const { link } = await openLink(connection);
      links.push(link);
      const description = await link.ask('describe', { interface: host.interface });
      requireSeparate(host, description);
      return { host, link, clock: await measureClock(link), description };
    };
    const results = await Promise.allSettled([receiver, ...senders].map(reach));
    const failure = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
    if (failure) {
      await Promise.all(links.map((link) => link.close()));
      for (const connection of connections) connection.close();
      throw failure.reason;
    }
    return new Testbed(
      connections,
      results.map((result) => (result as PromiseFulfilledResult<ReachedHost>).value),
    );
  }

  get all(): ReachedHost[] {
    return [this.receiver, ...this.senders];
  }

  /** Reserves every host, in the order of their addresses, so that two who want the same hosts cannot each hold one and wait for the other. */
  async reserve(): Promise<void> {
    for (const { link } of [...this.all].sort((a, b) => a.host.ssh.localeCompare(b.host.ssh))) await link.ask('reserve', {});
  }

  /** Lets every host go: threads end, changes are taken back. Twice is harmless. */
  async close(): Promise<void> {
    await Promise.all(this.all.map(({ link }) => link.close()));
    for (const connection of this.#connections) connection.close();
  }
}

function requireSeparate({ name, interface: device }: NamedHost, { nic, controlInterfaces }: HostDescription): void {
  if (!nic) throw new HostError(`${name}: there is no interface ${device}; run mpps hosts check`);
  if (controlInterfaces.includes(device)) {
    throw new HostError(`${name}: ${device} carries the SSH connection; the test network must be another interface`);
  }
}
