/**
 * Reads the counters of chosen protocols from the text of /proc/net/snmp, where each protocol has a line of names and a
 * line of values. Names come out as `Udp.InDatagrams`; a counter that this kernel lacks is simply absent.
 *
 * @source net/ipv4/proc.c snmp_seq_show (6.18)
 * @throws {RangeError} when a protocol is not in the text
 */
export function parseSnmp(text: string, protocols: readonly string[]): Record<string, number> {
  const lines = text.split('\n');
  const counters: Record<string, number> = {};
  for (const protocol of protocols) {
    const [names, values] = lines.filter((line) => line.startsWith(`${protocol}: `)).map((line) => line.split(/\s+/).slice(1));
    if (!names || !values || names.length !== values.length)
      throw new RangeError(`parseSnmp: text must hold ${protocol}, got ${JSON.stringify(text.slice(0, 40))}`);
    for (const [index, name] of names.entries()) counters[`${protocol}.${name}`] = Number(values[index]);
  }
  return counters;
}
