import type { Firewall } from '../experiment/index.js';

/** An address that nobody sends from (RFC 5737), so that rules about it are walked and never decide. */
const nobody = '192.0.2.1';

/**
 * The firewall of a lab's receiver as `iptables-restore` reads it: it replaces the two tables that are in it. A rule that is never reached asks for
 * connection tracking, so that tracking costs no rule. Without any rule there is no chain either, because packets walk through empty ones too.
 *
 * @param port of the packets
 */
export function firewallRules({ rules, conntrack }: Firewall, port: number): string {
  if (rules === 0 && !conntrack) return ['*raw', 'COMMIT', '*filter', 'COMMIT', ''].join('\n');
  const accepts = rules > 0;
  const untracks = !conntrack && rules > 1;
  const passed = rules - Number(accepts) - Number(untracks);
  return [
    '*raw',
    ':PREROUTING ACCEPT [0:0]',
    ...(untracks ? [`-A PREROUTING -p udp --dport ${port} -j NOTRACK`] : []),
    'COMMIT',
    '*filter',
    ':INPUT ACCEPT [0:0]',
    ':FORWARD ACCEPT [0:0]',
    ...Array.from({ length: passed }, () => `-A INPUT -s ${nobody} -p udp -j ACCEPT`),
    ...(accepts ? [`-A INPUT -p udp --dport ${port} -j ACCEPT`] : []),
    ...(conntrack ? ['-A FORWARD -m conntrack --ctstate INVALID -j ACCEPT'] : []),
    'COMMIT',
    '',
  ].join('\n');
}
