import { HostError, type Hosts, type NamedHost } from '../experiment/index.js';
import { SshConnection } from './ssh/connection.js';

/** More connections at once would only wait for each other. */
const atOnce = 16;

/** What came of one host. */
export interface HostReport {
  host: string;
  /** One line each. */
  lines: string[];
  isGood: boolean;
}

/** How to reach hosts. */
export interface ReachOptions {
  /** An ssh configuration instead of the user's own. */
  sshConfig?: string | null;
  signal?: AbortSignal;
}

/**
 * Connects to every host and does something there, a few at a time; a failure of one is its report and no other's.
 *
 * @returns the reports in the order of the hosts
 * @throws {DOMException} named AbortError when the signal fires; all connections are closed first
 */
export async function forEachHost(
  { receiver, senders }: Hosts,
  visit: (connection: SshConnection, host: NamedHost) => Promise<Omit<HostReport, 'host'>>,
  onReport: (report: HostReport) => void,
  { sshConfig = null, signal }: ReachOptions = {},
): Promise<HostReport[]> {
  const hosts = [receiver, ...senders];
  const reports: HostReport[] = [];
  const queue = hosts.entries();
  const open = new Set<SshConnection>();
  const closeAll = () => {
    for (const connection of open) connection.close();
  };
  signal?.addEventListener('abort', closeAll, { once: true });
  const worker = async () => {
    for (const [index, host] of queue) {
      signal?.throwIfAborted();
      const report = { host: host.name, ...(await visitOne(host)) };
      signal?.throwIfAborted();
      reports[index] = report;
      onReport(report);
    }
  };
  const visitOne = async (host: NamedHost): Promise<Omit<HostReport, 'host'>> => {
    let connection: SshConnection | undefined;
    try {
      connection = await SshConnection.open(host, sshConfig);
      open.add(connection);
      return await visit(connection, host);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      return { lines: [error.message], isGood: false };
    } finally {
      if (connection) open.delete(connection);
      connection?.close();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, hosts.length) }, worker));
  } finally {
    signal?.removeEventListener('abort', closeAll);
    closeAll();
  }
  return reports;
}
