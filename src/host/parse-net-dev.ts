const columns = [
  'rxBytes',
  'rxPackets',
  'rxErrors',
  'rxDropped',
  'rxFifo',
  'rxFrame',
  'rxCompressed',
  'rxMulticast',
  'txBytes',
  'txPackets',
  'txErrors',
  'txDropped',
  'txFifo',
  'txCollisions',
  'txCarrier',
  'txCompressed',
];

/**
 * Reads one interface's counters from the text of /proc/net/dev.
 *
 * @source net/core/net-procfs.c dev_seq_printf_stats (6.18): 8 receive and 8 transmit columns
 * @throws {RangeError} when the interface is not in the text
 */
export function parseNetDev(text: string, device: string): Record<string, number> {
  const line = text.split('\n').find((candidate) => candidate.trimStart().startsWith(`${device}:`));
  if (!line) throw new RangeError(`parseNetDev: device must be in the text, got ${device}`);
  const values = line
    .slice(line.indexOf(':') + 1)
    .trim()
    .split(/\s+/)
    .map(Number);
  return Object.fromEntries(columns.map((name, index) => [name, values[index] ?? 0]));
}
