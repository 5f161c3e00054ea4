/** The header fields of a UDP flow that a NIC or a socket lookup may hash. */
export interface Flow {
  /** IPv4, dotted. */
  sourceAddress: string;
  /** IPv4, dotted. */
  destinationAddress: string;
  sourcePort: number;
  destinationPort: number;
}
