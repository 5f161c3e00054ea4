/** Oldest Node.js that runs the kit. */
const oldest = [20, 19] as const;

/** Says whether the kit runs on a version of Node.js. @example isNodeRecent('18.19.0') // => false */
export function isNodeRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
