import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const source = path.resolve(import.meta.dirname, '../src');

/** Rooms that each room may import from; its own files and the rooms' index are always allowed. */
const mayImport: Record<string, string[]> = {
  experiment: [],
  model: ['experiment'],
  native: ['experiment'],
  records: ['experiment', 'model'],
  host: ['experiment', 'model', 'records'],
  lab: ['experiment', 'model', 'native', 'records', 'host'],
  targets: ['experiment', 'model', 'native', 'records', 'host', 'lab'],
  threads: ['experiment', 'model'],
  sweep: ['experiment', 'model', 'records', 'host', 'lab', 'targets', 'threads'],
  plot: ['experiment', 'model', 'native', 'records', 'host', 'lab'],
  explore: ['experiment', 'model', 'records', 'plot'],
  notebook: ['experiment', 'model', 'native', 'records', 'host', 'lab', 'plot', 'explore', 'targets'],
  report: ['experiment', 'model', 'native', 'records', 'host', 'lab', 'plot', 'explore', 'notebook', 'targets'],
  cli: ['experiment', 'model', 'native', 'records', 'host', 'lab', 'targets', 'threads', 'sweep', 'plot', 'explore', 'notebook', 'report'],
};

interface Import {
  file: string;
  room: string;
  from: string;
}

const imports: Import[] = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name.includes(path.sep))
  .flatMap((file) =>
    [...readFileSync(path.join(source, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, from = '']) => ({
      file,
      room: file.split(path.sep)[0] ?? '',
      from,
    })),
  );

describe('the tree', () => {
  it('has only rooms with a rule', () => {
    expect([...new Set(imports.map(({ room }) => room))].sort()).toEqual(Object.keys(mayImport).sort());
  });

  it('imports one way', () => {
    const wrong = imports.filter(({ file, room, from }) => {
      if (!from.startsWith('.')) return false;
      const target = path.relative(source, path.resolve(source, path.dirname(file), from)).split(path.sep)[0] ?? '';
      return target !== room && !mayImport[room]?.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps the model and the vocabulary free of Node', () => {
    expect(imports.filter(({ room, from }) => ['model', 'experiment'].includes(room) && from.startsWith('node:'))).toEqual([]);
    expect(imports.filter(({ room, from }) => room === 'model' && !from.startsWith('.') && from !== 'simple-statistics')).toEqual([]);
  });
});
