/**
 * The RSS key that sends both directions of a connection to one queue: 6d5a repeated. Its period of 16 bits makes the
 * hash blind to swapping source and destination, and leaves it only 16 bits of its 32.
 *
 * Source: Woo and Park, Scalable TCP Session Monitoring with Symmetric Receive-side Scaling, KAIST 2012.
 *
 * @example
 * symmetricRssKey.length // => 40
 */
export const symmetricRssKey: Uint8Array = Uint8Array.from({ length: 40 }, (_, index) => (index % 2 ? 0x5a : 0x6d));
