/** Whether the addon was compiled now, whether a current one is there afterwards, and why. */
export function buildNative(root: string): { built: boolean; usable: boolean; reason: string };
