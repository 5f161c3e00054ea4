/**
 * The bytes of an IP address in network order: 4 of a dotted IPv4 address, 16 of an IPv6 address, null of anything else.
 * A zone (`%eth0`) is no part of the packet and is refused; `::ffff:1.2.3.4` stays IPv6.
 *
 * Source: inet_pton(3); RFC 4291 section 2.2.
 * @example
 * addressBytes('192.168.254.1') // => [192, 168, 254, 1]
 * addressBytes('fe80::1') // => [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
 */
export function addressBytes(text: string): number[] | null {
  return text.includes(':') ? ipv6Bytes(text) : ipv4Bytes(text);
}

function ipv4Bytes(text: string): number[] | null {
  const parts = text.split('.');
  const bytes = parts.map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : Number.NaN));
  return bytes.length === 4 && bytes.every((byte) => byte <= 255) ? bytes : null;
}

function ipv6Bytes(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const parts = halves.map((half, index) => groupBytes(half, index === halves.length - 1));
  const [head, tail] = parts;
  if (!head || tail === null) return null;
  if (!tail) return head.length === 16 ? head : null;
  const zeros = 16 - head.length - tail.length;
  // "::" stands for at least one group.
  return zeros >= 2 ? [...head, ...new Array<number>(zeros).fill(0), ...tail] : null;
}

/** Bytes of groups between colons; the last of the address may be a dotted IPv4 address. */
function groupBytes(text: string, isLast: boolean): number[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const embedded = isLast && index === groups.length - 1 && group.includes('.') ? ipv4Bytes(group) : undefined;
    if (embedded === null || (embedded === undefined && !/^[0-9a-f]{1,4}$/i.test(group))) return null;
    const value = Number.parseInt(group, 16);
    bytes.push(...(embedded ?? [value >> 8, value & 255]));
  }
  return bytes;
}
