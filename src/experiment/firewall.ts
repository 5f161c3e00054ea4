/** What the receiver's firewall (iptables, nftables) does with each packet of the experiment before a socket is looked up. */
export interface Firewall {
  /**
   * Rules that a packet is compared with, over all tables and chains, up to the one that accepts it.
   * @asType integer
   * @minimum 0
   * @maximum 10000
   * @default 2
   */
  rules: number;
  /**
   * Whether its connection is tracked (nf_conntrack). False where nothing asks for tracking, or where a rule says NOTRACK.
   * @default false
   */
  conntrack: boolean;
}

/** The article's firewall, and the lab's: NOTRACK in PREROUTING of the raw table, ACCEPT in INPUT. Costs of hosts are those behind it. */
export const articleFirewall: Firewall = { rules: 2, conntrack: false };
