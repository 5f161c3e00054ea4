'use strict';
// Starts the repository's own tslab (exactly 1.0.22) as a Jupyter kernel, wherever the notebook lies.
// It reaches into tslab's insides, hence the exact version; test/notebook/ runs a cell through each repair.
const path = require('node:path');
const { createRequire } = require('node:module');

// Jupyter finds this folder through JUPYTER_PATH, so it stays in the repository and the root is known from here.
const root = path.resolve(__dirname, '../../..');
const fromRoot = createRequire(path.join(root, 'package.json'));
const compilerPath = createRequire(fromRoot.resolve('tslab/package.json')).resolve('@tslab/typescript-for-tslab');
const ts = fromRoot(compilerPath);

/**
 * Checks cells as strictly as the sources, and resolves package "exports", this package's own name included.
 * tslab fixes its compiler options and reads no tsconfig.json. They can be changed only where it asks TypeScript for a watch
 * host; TypeScript's module object has getters only, so the cached module is replaced as a whole.
 */
function checkStrictly() {
  const createWatchCompilerHost = (files, options, ...rest) =>
    ts.createWatchCompilerHost(
      files,
      {
        ...options,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        lib: options.lib.map((name) => (name === 'lib.es2022.d.ts' ? 'lib.es2023.d.ts' : name)),
        strict: true,
        // tslab runs cells as sloppy scripts, where each cell may declare a name anew.
        alwaysStrict: false,
        types: ['node'],
      },
      ...rest,
    );
  require.cache[compilerPath].exports = new Proxy(ts, {
    get: (target, key) => (key === 'createWatchCompilerHost' ? createWatchCompilerHost : target[key]),
  });
}

/**
 * Writes out the shorthand that tslab 1.0.22 breaks when the variable comes from an earlier cell:
 * `{ x }` becomes `{ x: x }`, and `const { key: y } = o` becomes `const { "key": y } = o`.
 */
function spellOut(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest, true);
  const edits = [];
  const replace = (node, text) => edits.push({ from: node.getStart(file), to: node.end, text });
  const visit = (node, isTarget) => {
    if (ts.isShorthandPropertyAssignment(node)) replace(node.name, `${node.name.text}: ${node.name.text}`);
    else if (isRenamingElement(node)) replace(node.propertyName, JSON.stringify(node.propertyName.text));
    else if (isTarget && ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) replace(node.name, JSON.stringify(node.name.text));
    ts.forEachChild(node, (child) => visit(child, isTarget || isAssignmentTarget(child, node)));
  };
  visit(file, false);
  // From the end, so that earlier positions stay right.
  edits.sort((one, other) => other.from - one.from);
  return edits.reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), source);
}

function isRenamingElement(node) {
  return ts.isBindingElement(node) && node.propertyName !== undefined && ts.isIdentifier(node.propertyName);
}

/** Whether `child` is a pattern that its parent assigns to: `({ key: y } = o)` or `for ({ key: y } of list)`. */
function isAssignmentTarget(child, parent) {
  if (!ts.isObjectLiteralExpression(child) && !ts.isArrayLiteralExpression(child)) return false;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && child === parent.left;
  return ts.isForOfStatement(parent) && child === parent.initializer;
}

function repairConverter() {
  const converter = fromRoot('tslab/dist/converter.js');
  const createConverter = converter.createConverter;
  converter.createConverter = (options) => {
    const created = createConverter(options);
    return { ...created, convert: (previous, source) => created.convert(previous, spellOut(source)) };
  };
}

/**
 * One interrupt signal for long runs. A SIGINT listener added inside a cell would let the next interrupt kill the kernel:
 * node:vm's breakOnSigint puts the default handler back after every cell. The listener made here, before any cell, stays.
 */
function forwardInterrupts() {
  const interrupt = new EventTarget();
  globalThis[Symbol.for('million-packets.interrupt')] = interrupt;
  process.on('SIGINT', () => interrupt.dispatchEvent(new Event('interrupt')));
}

function startKernel() {
  // Jupyter starts kernels in the notebook's folder; from the root, paths in cells mean what they mean in tests and commands.
  process.chdir(root);
  const configPath = process.argv[process.argv.indexOf('--config-path') + 1];
  fromRoot('tslab/dist/main.js').startKernel({ configPath, enableFindLocal: false });
}

checkStrictly();
repairConverter();
forwardInterrupts();
module.exports = { root, fromRoot, spellOut };
if (require.main === module) startKernel();
