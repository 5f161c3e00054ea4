import type { Host } from '../experiment/index.js';

/**
 * What tables and scores keep apart: a host, and the receive path in which it was measured where that is not the host's ordinary one.
 * Costs belong to a path, so figures of two paths never share a row.
 *
 * @example
 * machineOf({ name: 'a server', receivePath: 'veth' }) // => "a server"
 * machineOf({ name: 'a server', receivePath: 'software-nic' }) // => "a server, software NIC"
 * machineOf({ name: 'a server', receivePath: 'loopback' }) // => "a server, loopback"
 */
export function machineOf({ name, receivePath }: Pick<Host, 'name' | 'receivePath'>): string {
  const apart: Partial<Record<Host['receivePath'], string>> = { 'software-nic': ', software NIC', loopback: ', loopback' };
  return `${name}${apart[receivePath] ?? ''}`;
}
