import { articleFirewall, type Firewall } from '../../experiment/firewall.js';
import type { CostValues } from './cost-values.js';

/**
 * Stage 4b, firewall and connection tracking, inside the softirq, before the socket is looked up. A packet is compared with one rule after the
 * other; a tracked one looks its connection up and moves its time-out. No queue; every rule here accepts in the end, so nothing is lost [a full
 * connection table would lose new connections, and no experiment has thousands]. Packets for a full socket have paid already.
 *
 * @returns nanoseconds a packet beyond the article's two rules and NOTRACK, which are in softirqNs; below 0 with fewer rules
 * Cost: ruleNs, conntrackNs. Source: ipt_do_table (net/ipv4/netfilter/ip_tables.c) and nft_do_chain (net/netfilter/nf_tables_core.c), which try
 * rules in turn; nf_conntrack_in (net/netfilter/nf_conntrack_core.c).
 * @example
 * firewallNs({ ruleNs: 20, conntrackNs: 400 }, { rules: 52, conntrack: true }) // => 1400
 * firewallNs({ ruleNs: 20, conntrackNs: 400 }) // => 0
 */
export function firewallNs(
  { ruleNs = 0, conntrackNs = 0 }: Pick<CostValues, 'ruleNs' | 'conntrackNs'>,
  firewall: Firewall = articleFirewall,
): number {
  return ruleNs * (firewall.rules - articleFirewall.rules) + (firewall.conntrack ? conntrackNs : 0);
}
