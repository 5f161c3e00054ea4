import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { NativeAddon } from './contract.js';

let loaded: NativeAddon | undefined;

/**
 * The native addon, loaded on the first call.
 *
 * @throws Error with code `ENATIVE`, and one line that says what to do, when it is not built or does not load
 */
export function loadNative(): NativeAddon {
  loaded ??= load(fileURLToPath(new URL('../../build/Release/million_packets.node', import.meta.url)));
  return loaded;
}

function load(path: string): NativeAddon {
  if (process.platform !== 'linux') throw nativeError(`the native addon is for Linux only, this is ${process.platform}`);
  if (!existsSync(path)) {
    throw nativeError('the native addon is not built: run `npm run build` (it needs the Debian package g++)');
  }
  try {
    return createRequire(import.meta.url)(path) as NativeAddon;
  } catch (cause) {
    throw nativeError('the native addon does not load: delete build/ and run `npm run build` (it needs the Debian package g++)', cause);
  }
}

function nativeError(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code: 'ENATIVE' });
}
