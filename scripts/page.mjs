// npm run page: all explorables as one self-contained page, build/page/index.html.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare();
const { explorePage } = await import('../dist/explore/explore-page.js');
const file = path.join(root, 'build/page/index.html');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, explorePage());
console.log(`page: ${path.relative(process.cwd(), file)} (open it in any browser; it needs no server)`);
