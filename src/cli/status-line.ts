/** Shows what is going on: one line that is rewritten on a terminal, one line a message elsewhere. */
export interface StatusLine {
  /** Replaces the line; off a terminal it prints at most one line in so many seconds. */
  update(text: string): void;
  /** Clears the line, so that other output can follow. */
  clear(): void;
}

const quietMs = 2000;

/** Makes a status line on standard error. @param isTerminal for tests */
export function statusLine(stream: NodeJS.WriteStream = process.stderr, isTerminal: boolean = stream.isTTY === true): StatusLine {
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    update(text) {
      if (isTerminal) stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, (stream.columns || 80) - 1))}`);
      else if (performance.now() - lastMs >= quietMs) {
        lastMs = performance.now();
        stream.write(`${text}\n`);
      }
    },
    clear() {
      if (isTerminal) stream.write('\r\u001b[2K');
    },
  };
}
