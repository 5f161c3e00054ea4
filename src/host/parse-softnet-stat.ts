/** One CPU's row of softnet_stat. */
export interface SoftnetRow {
  cpu: number;
  processed: number;
  dropped: number;
  timeSqueeze: number;
  receivedRps: number;
}

/**
 * Reads /proc/net/softnet_stat: hexadecimal, one row a CPU. Column 13 names the CPU where the kernel has it (5.10 and
 * later); before that the row's place does.
 *
 * @source net/core/net-procfs.c softnet_seq_show (6.18)
 * @throws {RangeError} when a row has fewer than nine columns
 */
export function parseSoftnetStat(text: string): SoftnetRow[] {
  return text
    .trim()
    .split('\n')
    .map((line, row) => {
      const columns = line
        .trim()
        .split(/\s+/)
        .map((column) => Number.parseInt(column, 16));
      if (columns.length < 9 || columns.some(Number.isNaN))
        throw new RangeError(`parseSoftnetStat: row must have at least 9 hexadecimal columns, got ${JSON.stringify(line)}`);
      const [processed = 0, dropped = 0, timeSqueeze = 0] = columns;
      return { cpu: columns[12] ?? row, processed, dropped, timeSqueeze, receivedRps: columns[9] ?? 0 };
    });
}
