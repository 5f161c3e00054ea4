import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { runCommand } from '../../host/index.js';

/** What sshd tells its children: client address and port, server address and port. */
type Connection = { client: string; server: string };

/**
 * Interfaces that carry the SSH connection of this process: the one that has the server's address, and the one that leads back to the client.
 * Empty when no SSH connection started this process.
 */
export function controlInterfaces(): string[] {
  const connection = sshConnection();
  if (!connection) return [];
  const owners = (JSON.parse(runCommand(['ip', '-j', 'address', 'show'])) as { ifname: string; addr_info: { local: string }[] }[])
    .filter(({ addr_info }) => addr_info.some(({ local }) => local === connection.server))
    .map(({ ifname }) => ifname);
  return [...new Set([...owners, ...wayTo(connection.client)])];
}

/** The interface that packets to an address leave by. */
function wayTo(address: string): string[] {
  try {
    return (JSON.parse(runCommand(['ip', '-j', 'route', 'get', address])) as { dev: string }[]).map(({ dev }) => dev);
  } catch {
    return [];
  }
}

/** sudo takes SSH_CONNECTION out of the environment, so it is looked for in the processes that started this one. */
function sshConnection(): Connection | null {
  let text = process.env.SSH_CONNECTION;
  for (let pid = process.ppid; !text && pid > 1; pid = parentOf(pid)) {
    try {
      text = /(?:^|\0)SSH_CONNECTION=([^\0]*)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1];
    } catch {
      break;
    }
  }
  const [client = '', , server = ''] = (text ?? '').split(' ');
  return isIP(client.split('%')[0] ?? '') && isIP(server.split('%')[0] ?? '') ? { client, server } : null;
}

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
