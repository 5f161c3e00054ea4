'use strict';
// node complete.cjs CELL TEXT...: executes the cell in the real kernel, then prints, as JSON, what each text can be completed to at its end.
const { root, fromRoot } = require('../../jupyter/kernels/million-packets/launch.cjs');

process.chdir(root);
const { createConverter } = fromRoot('tslab/dist/converter.js');
const { createExecutor } = fromRoot('tslab/dist/executor.js');
const converter = createConverter({ isJS: false, isBrowser: false });
const executor = createExecutor(root, { node: converter, browser: converter, close: () => converter.close() }, console);
const [cell, ...texts] = process.argv.slice(2);
executor.execute(cell).then((isGood) => {
  const found = texts.map((text) => executor.complete(text, text.length).candidates);
  require('node:fs').writeSync(1, JSON.stringify({ isGood, found }));
  process.exit(0);
});
