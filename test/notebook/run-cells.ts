import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A code cell as a test writes it. */
export interface Cell {
  source: string;
  tags?: string[];
}

/** What scripts/run-notebook.cjs prints. */
export interface Report {
  ok: boolean;
  reason?: string;
  cells: { index: number; status: 'ok' | 'error' | 'skipped'; failed: boolean; reason?: string; stderr?: string }[];
}

/** A notebook after its run: the report, the text of the written file, and the outputs of each cell. */
export interface RunNotebook {
  exitCode: number;
  report: Report;
  written: string;
  outputs: { name?: string; text?: string[]; data?: Record<string, string[]> }[][];
}

const root = path.resolve(import.meta.dirname, '../..');

/** Runs cells through the runner, as one notebook. */
export async function runCells(
  cells: readonly Cell[],
  environment: Record<string, string> = {},
  options: readonly string[] = [],
): Promise<RunNotebook> {
  const notebook = {
    cells: cells.map(({ source, tags = [] }) => ({ cell_type: 'code', execution_count: null, metadata: { tags }, outputs: [], source })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
  const folder = await mkdtemp(path.join(tmpdir(), 'mpps-cells-'));
  try {
    const file = path.join(folder, 'cells.ipynb');
    await writeFile(file, JSON.stringify(notebook));
    return await runNotebook(file, path.join(folder, 'out.ipynb'), environment, options);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs a notebook file through the runner and writes the result to `out`. */
export async function runNotebook(
  file: string,
  out: string,
  environment: Record<string, string> = {},
  options: readonly string[] = [],
): Promise<RunNotebook> {
  const runner = path.join(root, 'scripts/run-notebook.cjs');
  const { exitCode, stdout } = await new Promise<{ exitCode: number; stdout: string }>((resolve) => {
    execFile(
      process.execPath,
      [runner, file, '--write', out, ...options],
      { env: { ...process.env, MPPS_LIVE: '', ...environment }, maxBuffer: 1 << 26 },
      (error, text) => {
        resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout: text });
      },
    );
  });
  const written = await readFile(out, 'utf8');
  const { cells } = JSON.parse(written) as { cells: { cell_type: string; outputs: RunNotebook['outputs'][number] }[] };
  return {
    exitCode,
    report: JSON.parse(stdout) as Report,
    written,
    outputs: cells.filter((cell) => cell.cell_type === 'code').map((cell) => cell.outputs),
  };
}
