/** UTC to the second, for names of files: sorts as text in the order of time. */
export function utcTime(at: Date = new Date()): string {
  return at
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .toLowerCase();
}
