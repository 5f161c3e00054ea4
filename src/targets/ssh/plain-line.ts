/**
 * The last line that says something in what another machine printed, without the control characters that would steer a terminal.
 *
 * @example
 * plainLine('first\n\u001b[2Jlast\n\n') // => '[2Jlast'
 */
export function plainLine(text: string, mostCharacters = 300): string {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\p{C}/gu, '').trim())
    .filter(Boolean);
  return (lines.at(-1) ?? '').slice(0, mostCharacters);
}
