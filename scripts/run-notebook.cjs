'use strict';
// Runs one notebook without Jupyter or Python: tslab's own message handler, in this process, from the repository root.
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');

const usage = `Usage: node scripts/run-notebook.cjs NOTEBOOK.ipynb [--write OUT.ipynb] [--limit-s SECONDS]

Runs all cells in order and prints one line of JSON: { file, ok, seconds, cells: [{ index, status, ms, failed, … }] }.
Stops at the first cell that fails. Exit code 0 when all is well, 1 when a cell failed, 2 for wrong usage.

A cell fails when it throws, has a type error, leaves an unhandled rejection, or writes to stderr. Tags of a cell change this:
  raises-exception   it must fail
  stderr             it may write to stderr
  live               it measures this machine: skipped, unless MPPS_LIVE=1

--write stores the notebook with outputs, without counts, time stamps, stack traces or paths of this machine: the same on every run.`;

const defaultLimitS = 600;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { write: { type: 'string' }, 'limit-s': { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help) finish(0, usage);
    if (positionals.length !== 1) throw new Error(`one notebook must be named, got ${positionals.length}`);
    const limitS = Number(values['limit-s'] ?? defaultLimitS);
    if (!(limitS > 0)) throw new Error(`--limit-s must be above 0, got ${values['limit-s']}`);
    const file = path.resolve(positionals[0]);
    return { file, out: values.write === undefined ? null : path.resolve(values.write), limitS, notebook: JSON.parse(fs.readFileSync(file, 'utf8')) };
  } catch (error) {
    return finish(2, `run-notebook: ${error.message}\n\n${usage}`);
  }
}

function finish(code, text) {
  // writeSync: tslab takes process.stdout over, and process.exit does not wait for a pipe.
  fs.writeSync(code === 2 ? 2 : 1, `${text}\n`);
  process.exit(code);
}

const { file, out, limitS, notebook } = readArguments();
const { root, fromRoot } = require('../jupyter/kernels/million-packets/launch.cjs');
process.chdir(root);

/** Gathers what one cell shows, in the form of notebook outputs. */
function createCollector(shown) {
  const outputs = [];
  return {
    outputs,
    stream(name, text) {
      const last = outputs.at(-1);
      if (last?.output_type === 'stream' && last.name === name) last.text += text;
      else outputs.push({ name, output_type: 'stream', text });
    },
    display(message, isUpdate) {
      const id = message.transient?.display_id;
      if (isUpdate && shown.has(id)) {
        shown.get(id).data = { ...message.data };
        return;
      }
      const output = { data: { ...message.data }, metadata: message.metadata ?? {}, output_type: 'display_data' };
      if (id) shown.set(id, output);
      outputs.push(output);
    },
  };
}

/** tslab's handler, and the errors that reach nobody: Jupyter itself does not notice those. */
function startKernel() {
  const { createConverter } = fromRoot('tslab/dist/converter.js');
  const { createExecutor } = fromRoot('tslab/dist/executor.js');
  const { JupyterHandlerImpl } = fromRoot('tslab/dist/jupyter.js');
  const converter = createConverter({ isJS: false, isBrowser: false });
  const executor = createExecutor(
    root,
    { node: converter, browser: converter, close: () => converter.close() },
    { log: console.log, error: console.error },
  );
  const stray = [];
  const keep = (what) => (error) => stray.push(`${what}: ${error?.stack ?? error}\n`);
  process.on('uncaughtException', keep('uncaught exception'));
  process.on('unhandledRejection', keep('unhandled rejection'));
  return { handler: new JupyterHandlerImpl(executor, false), stray };
}

async function runCell(kernel, cell, index, shown) {
  const tags = cell.metadata?.tags ?? [];
  const source = textOf(cell.source);
  const collector = createCollector(shown);
  cell.execution_count = null;
  cell.outputs = collector.outputs;
  if (tags.includes('live') && process.env.MPPS_LIVE !== '1') return { index, status: 'skipped', ms: 0, failed: false };
  const started = performance.now();
  let { status } =
    source.trim() === '' ? { status: 'ok' } : await kernel.handler.handleExecute({ code: source }, collector.stream, collector.display);
  // After an error tslab drops all requests for 200 ms; after success one turn lets stray rejections surface.
  await new Promise((resolve) => setTimeout(resolve, status === 'ok' ? 0 : 250));
  if (kernel.stray.length > 0) {
    collector.stream('stderr', kernel.stray.splice(0).join(''));
    status = 'error';
  }
  const ms = Math.round(performance.now() - started);
  const stderr = collector.outputs
    .filter((output) => output.name === 'stderr')
    .map((output) => output.text)
    .join('');
  const reason = reasonToFail(status, stderr, tags);
  if (reason === null) return { index, status, ms, failed: false };
  return { index, status, ms, failed: true, reason, source, stderr: withoutPaths(stderr) };
}

function reasonToFail(status, stderr, tags) {
  if (tags.includes('raises-exception')) return status === 'ok' ? 'it is tagged raises-exception and did not fail' : null;
  if (status !== 'ok') return 'it failed';
  return stderr !== '' && !tags.includes('stderr') ? 'it wrote to stderr' : null;
}

function textOf(source) {
  return [].concat(source).join('');
}

/** Paths and stack traces differ from machine to machine and tell a reader nothing. */
function withoutPaths(text) {
  const home = process.env.HOME && process.env.HOME.length > 1 ? process.env.HOME : root;
  return (
    text
      .replace(/\n {4,}at .*/g, '')
      // Where it was thrown: place, line of code and a caret, which node:vm puts before the message.
      .replace(/^\S+:\d+\n.*\n\s*\^+\n\n?/gm, '')
      .replaceAll(`file://${root}/`, '')
      .replaceAll(`${root}/`, '')
      .replaceAll(root, '.')
      .replaceAll(`${home}/`, '~/')
  );
}

function toLines(text) {
  return withoutPaths(text).split(/(?<=\n)/);
}

function write() {
  for (const output of notebook.cells.flatMap((cell) => cell.outputs ?? [])) {
    if (output.output_type === 'stream') output.text = toLines(textOf(output.text));
    for (const [type, data] of Object.entries(output.data ?? {})) if (typeof data === 'string') output.data[type] = toLines(data);
  }
  fs.writeFileSync(out, `${JSON.stringify(notebook, null, 1)}\n`);
}

async function main() {
  const started = performance.now();
  const report = { file: path.relative(root, file), ok: true, seconds: 0, cells: [] };
  const end = () => {
    report.seconds = Number(((performance.now() - started) / 1000).toFixed(2));
    if (out !== null) write();
    finish(report.ok ? 0 : 1, JSON.stringify(report));
  };
  setTimeout(() => {
    report.ok = false;
    report.reason = `it did not end within ${limitS} s`;
    end();
  }, limitS * 1000);
  const kernel = startKernel();
  const shown = new Map();
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== 'code') continue;
    const result = await runCell(kernel, cell, index, shown);
    report.cells.push(result);
    report.ok = !result.failed;
    if (result.failed) break;
  }
  end();
}

main();
