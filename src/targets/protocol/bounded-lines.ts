import type { Readable } from 'node:stream';

/** No message is longer: a reading of a thousand CPUs and threads is a third of it. */
export const mostLineBytes = 1_000_000;

/**
 * The lines of a stream that somebody else writes.
 *
 * @throws {RangeError} when a line does not end
 */
export async function* boundedLines(stream: Readable, mostBytes: number = mostLineBytes): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      if (bytes + end > mostBytes) throw tooLong(mostBytes);
      yield Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
      rest = rest.subarray(end + 1);
      parts = [];
      bytes = 0;
    }
    parts.push(rest);
    bytes += rest.length;
    if (bytes > mostBytes) throw tooLong(mostBytes);
  }
}

function tooLong(mostBytes: number): RangeError {
  return new RangeError(`a line must be at most ${mostBytes} bytes`);
}
