import type { Change } from './change.js';

/** The iptables command that inserts or deletes one of the article's firewall rules, for one sender only. */
export function firewallRule(
  action: '-I' | '-D',
  { name: device, target, source, port }: Pick<Extract<Change, { kind: 'firewall' }>, 'name' | 'target' | 'source' | 'port'>,
): [string, ...string[]] {
  const [table, chain] = target === 'ACCEPT' ? ['filter', 'INPUT'] : ['raw', 'PREROUTING'];
  return ['iptables', '-t', table, action, chain, '-i', device, '-s', source, '-p', 'udp', '--dport', String(port), '-j', target];
}
