import { HostError } from '../../experiment/index.js';
import { runCommand } from '../../host/index.js';

interface Route {
  type?: string;
  dev?: string;
  gateway?: string;
  via?: unknown;
}

/**
 * Makes sure that packets to the addresses leave by the test interface and reach a machine on its own network.
 *
 * @throws {HostError} for a broadcast, multicast or own address, for another interface, and for a router unless `allowRouted`
 */
export function requireDirectRoute(addresses: readonly string[], device: string, allowRouted: boolean): void {
  for (const address of addresses) {
    const [route] = JSON.parse(runCommand(['ip', '-j', 'route', 'get', address])) as Route[];
    const fault = faultOf(route, device, allowRouted);
    if (fault) throw new HostError(`send: nothing is sent to ${address}: ${fault}`);
  }
}

function faultOf(route: Route | undefined, device: string, allowRouted: boolean): string | null {
  if (!route) return 'there is no route to it';
  if (route.type && route.type !== 'unicast') return `it is a ${route.type} address`;
  if (route.dev !== device) return `packets would leave by ${route.dev ?? 'no interface'}, not by the test interface ${device}`;
  if ((route.gateway || route.via) && !allowRouted) {
    return 'it is behind a router; give the test interface an address on its network, or set allowRouted in the hosts file';
  }
  return null;
}
