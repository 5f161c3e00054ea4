/**
 * A CPU as the kernel's files of CPU masks take it: 32-bit words in hexadecimal, the highest first.
 *
 * @example
 * cpuMask(33) // => '2,0'
 */
export function cpuMask(cpu: number): string {
  return [(1 << (cpu % 32)) >>> 0, ...Array.from({ length: Math.floor(cpu / 32) }, () => 0)].map((word) => word.toString(16)).join(',');
}
