/**
 * Sets a field, or each of several, in a document.
 *
 * @param path names of fields and places in lists, parted by dots; `*` is every place of a list
 * @throws {RangeError} when the document has no such place
 */
export function setField(document: object, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let parents: unknown[] = [document];
  for (const name of names) parents = parents.flatMap((parent) => placesOf(parent, name, path).map((place) => (parent as never)[place]));
  for (const parent of parents) {
    // An optional field may not be there yet; a place of a list must be.
    const places = Array.isArray(parent) || typeof parent !== 'object' || parent === null ? placesOf(parent, last, path) : [last];
    for (const place of places) (parent as Record<string, unknown>)[place] = structuredClone(value);
  }
}

function placesOf(parent: unknown, name: string, path: string): string[] {
  if (Array.isArray(parent) && name === '*') return Object.keys(parent);
  if (typeof parent === 'object' && parent !== null && name !== 'length' && Object.hasOwn(parent, name)) return [name];
  throw new RangeError(`${path} must be a field of the base, which has no ${JSON.stringify(name)} there`);
}
