/** The header fields of a UDP flow that a NIC or a socket lookup may hash. */
export interface Flow {
  /** IPv4 in dotted form, or IPv6 as in RFC 4291; both addresses of the same family. */
  sourceAddress: string;
  /** IPv4 in dotted form, or IPv6 as in RFC 4291; both addresses of the same family. */
  destinationAddress: string;
  sourcePort: number;
  destinationPort: number;
}
