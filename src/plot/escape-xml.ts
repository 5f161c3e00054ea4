const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Writes text so that it means itself inside XML and HTML, in content and in quoted attributes.
 * Characters that XML cannot carry at all become U+FFFD.
 * @example escapeXml('a < b') // 'a &lt; b'
 */
export function escapeXml(text: string): string {
  return Array.from(text, (character) => (isXmlCharacter(character) ? (entities[character] ?? character) : '\ufffd')).join('');
}

function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
}
