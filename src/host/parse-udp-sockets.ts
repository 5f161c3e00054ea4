/** One row of /proc/net/udp or udp6. */
export interface UdpSocket {
  localPort: number;
  /** Memory that waits for the reader, headers and slack included. */
  rxQueueBytes: number;
  inode: number;
  /** Packets thrown away at this socket since it was opened. */
  drops: number;
}

/**
 * Reads the sockets of /proc/net/udp or /proc/net/udp6.
 *
 * @source net/ipv4/udp.c udp4_format_sock, net/ipv6/udp.c udp6_seq_show (6.18): address and queues are hexadecimal, drops come last
 * @throws {RangeError} when a row has too few columns
 */
export function parseUdpSockets(text: string): UdpSocket[] {
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const columns = line.trim().split(/\s+/);
      const [, local = '', , , queues = ''] = columns;
      if (columns.length < 13) throw new RangeError(`parseUdpSockets: row must have 13 columns, got ${JSON.stringify(line.trim())}`);
      return {
        localPort: Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16),
        rxQueueBytes: Number.parseInt(queues.slice(queues.indexOf(':') + 1), 16),
        inode: Number(columns[9]),
        drops: Number(columns[12]),
      };
    });
}
