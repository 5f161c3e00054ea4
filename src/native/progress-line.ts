/**
 * One line of progress as the article's receiver prints it: packets, bytes in MiB and bits in Mb, all per second.
 *
 * @param pps packets per second
 * @param bytesPerSecond UDP payload
 * @see `udpreceiver1.c` of the article
 * @example
 * progressLine(351602, 351602 * 32) // => '0.352M pps 10.730MiB / 90.010Mb'
 */
export function progressLine(pps: number, bytesPerSecond: number): string {
  const megaPackets = (pps / 1e6).toFixed(3);
  const mebibytes = (bytesPerSecond / 2 ** 20).toFixed(3);
  const megabits = ((bytesPerSecond * 8) / 1e6).toFixed(3);
  return `${megaPackets}M pps ${mebibytes}MiB / ${megabits}Mb`;
}
