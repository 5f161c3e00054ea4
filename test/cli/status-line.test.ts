import { expect, it } from 'vitest';
import { statusLine } from '../../src/cli/status-line.js';

/** A stream that keeps what is written to it. */
function recorder(columns: number): { written: string[]; stream: NodeJS.WriteStream } {
  const written: string[] = [];
  return { written, stream: { columns, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream };
}

it('rewrites one line on a terminal, cut to its width', () => {
  const { written, stream } = recorder(30);
  const line = statusLine(stream, true);
  line.update('x'.repeat(100));
  line.clear();
  expect(written).toEqual([`\r\u001b[2K${'x'.repeat(29)}`, '\r\u001b[2K']);
});

it('takes a terminal that does not know its width for one of 80', () => {
  const { written, stream } = recorder(0);
  statusLine(stream, true).update('x'.repeat(100));
  expect(written[0]?.length).toBe('\r\u001b[2K'.length + 79);
});

it('prints whole lines elsewhere, and not many', () => {
  const { written, stream } = recorder(0);
  const line = statusLine(stream, false);
  line.update('one');
  line.update('two');
  line.clear();
  expect(written).toEqual(['one\n']);
});
