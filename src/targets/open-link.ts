import { HostError } from '../experiment/index.js';
import { bundleDigest } from './bundle.js';
import { HostLink } from './host-link.js';
import type { Hello } from './protocol/protocol.js';
import type { SshConnection } from './ssh/connection.js';

/**
 * Starts the kit's program on a host.
 *
 * @throws {HostError} of one line when it is not there, is another version, or does not start
 */
export async function openLink(connection: SshConnection): Promise<{ link: HostLink; hello: Hello }> {
  const { host } = connection;
  const link = new HostLink(host, connection.start(host.sudo ? 'agentAsRoot' : 'agent'), (printed) => connection.failure(printed));
  const hello = await link.greeting();
  if (hello.digest !== bundleDigest()) {
    await link.close();
    throw new HostError(`${host.name}: the kit over there is another version; run mpps hosts prepare`);
  }
  return { link, hello };
}
