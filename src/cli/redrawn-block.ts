/** Shows a block of text that replaces the one before: for terminals. */
export interface RedrawnBlock {
  show(text: string): void;
}

/** Makes a redrawn block; lines and columns that the terminal does not have are cut. */
export function redrawnBlock(stream: NodeJS.WriteStream = process.stdout): RedrawnBlock {
  let shownLines = 0;
  return {
    show(text) {
      const [columns, rows] = [stream.columns || 80, stream.rows || 24];
      const lines = text.split('\n').map((line) => line.slice(0, columns - 1));
      const fitting =
        lines.length < rows ? lines : [...lines.slice(0, rows - 2), `… ${lines.length - rows + 2} more lines; a taller terminal shows them`];
      stream.write(`${shownLines ? `\u001b[${shownLines}A` : ''}\r\u001b[J${fitting.join('\n')}\n`);
      shownLines = fitting.length;
    },
  };
}
