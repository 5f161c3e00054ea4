/**
 * An IPv4 address in dotted form.
 * @pattern ^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$
 */
export type IPv4Address = string;

/**
 * Size of a socket buffer.
 * @asType integer
 * @minimum 2304
 * @maximum 2147483647
 */
export type BufferBytes = number;

/**
 * A UDP port.
 * @asType integer
 * @minimum 1
 * @maximum 65535
 */
export type Port = number;

/**
 * @asType integer
 * @minimum 0
 * @maximum 1023
 */
export type QueueNumber = number;

/**
 * @asType integer
 * @minimum 0
 * @maximum 1023
 */
export type SocketNumber = number;

/**
 * @asType integer
 * @minimum 0
 * @maximum 8191
 */
export type CpuNumber = number;
