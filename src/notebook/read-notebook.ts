import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../experiment/index.js';
import { packageRoot } from '../records/package-root.js';

/** Folder of the lessons; the solutions are in a folder of their own in it. */
export const lessonsFolder: string = path.join(packageRoot, 'notebooks');

/** What of a notebook file the kit reads. */
export interface Notebook {
  cells: {
    id?: string;
    cell_type: string;
    source: string | string[];
    metadata: { tags?: string[] };
    outputs?: unknown[];
    execution_count?: null | number;
  }[];
}

/** Reads a notebook. @throws {InputError} with one line when it is none */
export function readNotebook(file: string): Notebook {
  try {
    const notebook = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
    if (!Array.isArray(notebook.cells)) throw new Error('it has no cells');
    return notebook;
  } catch (error) {
    throw new InputError(`${path.basename(file)}: file must be a Jupyter notebook, got ${JSON.stringify(file)} (${(error as Error).message})`);
  }
}

/** Names of the notebooks in a folder, those of deeper folders too, sorted. */
export function notebooksIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
    .sort();
}
