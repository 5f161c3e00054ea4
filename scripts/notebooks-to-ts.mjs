// Writes the code cells of every notebook as one module each under .nbcheck/, so that the project's own tsc checks them:
//   node scripts/notebooks-to-ts.mjs [FOLDER] && node node_modules/typescript/bin/tsc -p test/notebook/tsconfig.cells.json
// Names must then be unique within a notebook. Cells tagged raises-exception are left out.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const from = path.resolve(process.argv[2] ?? path.join(root, 'notebooks'));
const to = path.join(root, '.nbcheck');

rmSync(to, { recursive: true, force: true });
mkdirSync(to);
const names = readdirSync(from, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
  .sort();
for (const name of names) {
  const { cells } = JSON.parse(readFileSync(path.join(from, name), 'utf8'));
  writeFileSync(
    path.join(to, name.replaceAll(path.sep, '-').replace(/\.ipynb$/, '.ts')),
    `${cells.map((cell, index) => moduleText(name, cell, index)).join('')}export {};\n`,
  );
}
console.log(`${names.length} notebooks written to ${path.relative(process.cwd(), to) || '.'}/`);

function moduleText(name, cell, index) {
  if (cell.cell_type !== 'code' || (cell.metadata?.tags ?? []).includes('raises-exception')) return '';
  return `// ${name}, cell ${index}\n${[].concat(cell.source).join('')}\n;\n`;
}
