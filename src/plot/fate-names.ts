import type { Fate } from './palette.js';

/** What charts and tables call each fate of a packet, in the order in which a packet meets the places. */
export const fateNames: Readonly<Record<Fate, string>> = {
  delivered: 'delivered',
  sendBuffer: 'send buffer full',
  qdisc: 'transmit queue full',
  nicRing: 'RX ring full',
  backlog: 'CPU backlog full',
  firewall: 'dropped by firewall',
  noPort: 'no socket on port',
  checksum: 'bad checksum',
  memory: 'UDP memory limit',
  socketBuffer: 'socket buffer full',
  inFlight: 'still in flight',
  unaccounted: 'unaccounted',
};
