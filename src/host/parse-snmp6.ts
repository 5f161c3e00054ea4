/**
 * Reads the UDP counters of /proc/net/snmp6, one name and value a line. Names come out as `Udp6.InDatagrams`, like those
 * that parseSnmp gives.
 *
 * @source net/ipv6/proc.c snmp6_seq_show (6.18)
 */
export function parseSnmp6(text: string): Record<string, number> {
  return Object.fromEntries([...text.matchAll(/^Udp6(\w+)\s+(\d+)$/gm)].map(([, name, value]) => [`Udp6.${name}`, Number(value)]));
}
