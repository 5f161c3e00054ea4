/**
 * Names that stand for others: the first name given becomes `kind-1`, the next new one `kind-2`, and the same name always the same.
 *
 * @param isOn whether to replace at all
 */
export function pseudonyms(kind: string, isOn: boolean): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    if (!isOn) return name;
    const alias = known.get(name) ?? `${kind}-${known.size + 1}`;
    known.set(name, alias);
    return alias;
  };
}
