/**
 * Expands a kernel CPU list.
 *
 * @throws {RangeError} when the text is not a list of numbers and ranges
 * @example
 * parseCpuList('0-2,5') // => [0, 1, 2, 5]
 */
export function parseCpuList(text: string): number[] {
  if (text.trim() === '') return [];
  return text
    .trim()
    .split(',')
    .flatMap((part) => {
      const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
      if (first === undefined) throw new RangeError(`parseCpuList: text must be like 0-3,8, got ${JSON.stringify(text)}`);
      const from = Number(first);
      return Array.from({ length: Number(last ?? first) - from + 1 }, (_, index) => from + index);
    });
}
