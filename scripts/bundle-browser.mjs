// Bundles what runs in a browser: plain scripts without imports, so that a page needs neither a server nor a network.
import path from 'node:path';
import { build } from 'rolldown';

/** Scripts by file name in dist/browser/: what each is made of, and the global that it defines. */
const scripts = {
  'model.js': { input: 'src/model/index.ts', name: 'millionPackets' },
  'explore.js': { input: 'src/explore/browser/explore.ts', name: 'millionPacketsExplore' },
};

/**
 * Writes dist/browser/. What needs Node cannot be in it, and is refused.
 *
 * @param {string} root folder of the package
 */
export async function bundleBrowser(root) {
  for (const [file, { input, name }] of Object.entries(scripts)) {
    const { output } = await build({
      input: path.join(root, input),
      platform: 'browser',
      resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
      logLevel: 'silent',
      output: { file: path.join(root, 'dist/browser', file), format: 'iife', name, minify: true },
    });
    const outside = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.imports : []));
    if (outside.length) throw new Error(`bundle-browser: ${file} must import nothing, got ${outside.join(', ')}`);
  }
}
