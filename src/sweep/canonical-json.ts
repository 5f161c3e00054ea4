/**
 * JSON text that equal values share, whatever the order of their keys: keys sorted, no blanks. Fields that are undefined are left out.
 *
 * @source RFC 8785 (JSON Canonicalization Scheme)
 * @example
 * canonicalJson({ b: [1.0, 2e3], a: null }) // => '{"a":null,"b":[1,2000]}'
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value).filter(([, part]) => part !== undefined);
  // By UTF-16 code units, as RFC 8785 asks.
  fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, part]) => `${JSON.stringify(name)}:${canonicalJson(part)}`).join(',')}}`;
}
