import { createHash } from 'node:crypto';

const localId = /(?<=\bid="|url\(#)(?:plot-[a-z-]+-\d+|mpps-hatch)(?=["')])/g;

/**
 * Renames the ids of a picture (`plot-clip-3`, `plot-marker-7`, `mpps-hatch`) after the picture's own text.
 * Plot counts them up per process: two kernels would use one id for two things, and no run would repeat another.
 */
export function uniqueIds(svgText: string): string {
  const tag = createHash('sha256').update(svgText.replace(localId, 'id')).digest('hex').slice(0, 8);
  const names = new Map<string, string>();
  return svgText.replace(localId, (id) => {
    const name = names.get(id) ?? `id-${tag}-${names.size}`;
    names.set(id, name);
    return name;
  });
}
