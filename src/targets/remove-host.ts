import { HostError } from '../experiment/index.js';
import { HostLink } from './host-link.js';
import { probeHost } from './probe-host.js';
import type { SshConnection } from './ssh/connection.js';
import { plainLine } from './ssh/plain-line.js';

/**
 * Takes the kit away from a host, after it has taken back what dead runs left there.
 *
 * @returns one line that says what was done
 * @throws {HostError} while somebody measures there, or when something stays
 */
export async function removeHost(connection: SshConnection): Promise<string> {
  const { host } = connection;
  if ((await probeHost(connection)).kitDigest === null) return `${host.name}: the kit is not there`;
  const link = new HostLink(host, connection.start(host.sudo ? 'agentAsRoot' : 'agent'), (printed) => connection.failure(printed));
  const { busy, undone } = await link.greeting();
  await link.close();
  if (busy) throw new HostError(`${host.name}: a run is in progress there; wait for its end`);
  const { status, stderr } = await connection.run('remove');
  if (status !== 0) throw new HostError(`${host.name}: the kit could not be removed: ${plainLine(stderr) || `exit code ${status}`}`);
  return `${host.name}: the kit is gone${undone ? `, and ${undone} changes of dead runs were taken back` : ''}`;
}
