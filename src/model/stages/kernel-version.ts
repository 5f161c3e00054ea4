/**
 * Whether a kernel release is at least the given version; only the first two numbers count.
 *
 * @example
 * kernelAtLeast('3.13.0-44-generic', 3, 16) // => false
 */
export function kernelAtLeast(release: string, major: number, minor: number): boolean {
  const found = /^(\d+)\.(\d+)/.exec(release);
  if (!found) throw new RangeError(`kernelAtLeast: release must begin with two numbers, got ${JSON.stringify(release)}`);
  const [releaseMajor, releaseMinor] = [Number(found[1]), Number(found[2])];
  return releaseMajor > major || (releaseMajor === major && releaseMinor >= minor);
}
