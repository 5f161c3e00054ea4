import { existsSync, readdirSync } from 'node:fs';
import { type Change, isAlive, Journal, undoChange } from '../host/index.js';
import { journalFolder } from './lab.js';

/** Namespaces of dead runs that no journal of this checkout knows, found by the owner in their name. */
function orphans(): Change[] {
  if (!existsSync('/run/netns')) return [];
  return readdirSync('/run/netns').flatMap((name) => {
    const [, pid, startTicks] = /^mpps-(\d+)-([0-9a-z]+)-\d+-(?:sender|receiver)$/.exec(name) ?? [];
    const owned = Journal.all(journalFolder).some(({ changes }) => changes.some((change) => change.name === name));
    return pid && startTicks && !owned && !isAlive({ pid: Number(pid), startTicks: Number.parseInt(startTicks, 36) })
      ? [{ kind: 'namespace', name }]
      : [];
  });
}

/** What dead runs left on this machine. With `undo` it is taken back. @returns one entry a change */
export function doctor({ undo }: { undo: boolean }): Change[] {
  const journals = Journal.all(journalFolder).filter(({ isLeftover }) => isLeftover);
  const found = [...journals.flatMap(({ changes }) => [...changes]), ...orphans()];
  if (undo) {
    for (const change of orphans()) undoChange(change);
    for (const journal of journals) journal.undo();
  }
  return found;
}
