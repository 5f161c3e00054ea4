// Opens Jupyter on a lesson, with this repository's kernel only: node scripts/open-jupyter.mjs [NOTEBOOK] [--no-browser]
// Everything that Jupyter writes goes under .jupyter/, which git ignores.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kernelName = 'million-packets';
const ip = '127.0.0.1';
const startLimitMs = 60_000;

/**
 * Starts Jupyter, and resolves when its server answers and the address is printed. The server keeps this process in the
 * foreground and ends with it.
 * @param {{ root: string, notebook: string, browser: boolean }} options root of the repository; lesson, relative to the root;
 *   whether to open the reader's browser
 * @returns {Promise<{ address: string, stop: () => void, stopped: Promise<number> }>} address with the lesson's path and the token;
 *   `stopped` resolves with the server's exit code
 * @throws Error `openJupyter: …` when Jupyter is missing, does not start, or the lesson does not exist
 */
export async function openJupyter({ root, notebook, browser }) {
  if (!existsSync(path.join(root, notebook))) throw new Error(`openJupyter: notebook must exist, got ${notebook}`);
  const jupyter = findJupyter();
  if (jupyter === null)
    throw new Error('openJupyter: Jupyter is not installed (Debian: apt-get install --no-install-recommends jupyter-notebook jupyter-nbconvert)');
  const token = randomBytes(24).toString('hex');
  const port = await freePort(8888);
  const env = environment(root, token);
  signNotebooks(root, jupyter, env);
  const logFile = path.join(root, '.jupyter', 'server.log');
  const log = openSync(logFile, 'w');
  const server = spawn(jupyter.command, [...options(jupyter, root, port), ...jupyterAsRoot()], { cwd: root, env, stdio: ['ignore', log, log] });
  const stopped = new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 0)));
  });
  // A server without its parent would hold the port and the kernels.
  const stop = () => void server.kill('SIGTERM');
  const endings = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const ending of endings) process.on(ending, stop);
  const forget = () => {
    for (const ending of endings) process.off(ending, stop);
  };
  stopped.then(forget, forget);
  await Promise.race([
    answering(server, `http://${ip}:${port}/api/status`, token),
    stopped.then((code) => {
      throw new Error(
        `openJupyter: the server ended at once (exit code ${code}):\n${readFileSync(logFile, 'utf8').trim().split('\n').slice(-8).join('\n')}`,
      );
    }),
  ]).catch((error) => {
    stop();
    throw error;
  });
  const lesson = notebook.split(path.sep).map(encodeURIComponent).join('/');
  const address = `http://${ip}:${port}/${jupyter.isLab ? 'lab/tree' : 'notebooks'}/${lesson}?token=${token}`;
  console.log(`Jupyter is running. Open this address:\n\n  ${address}\n\nCtrl-C stops it.`);
  if (browser) openBrowser(address);
  return { address, stop, stopped };
}

/**
 * JupyterLab or Notebook on the PATH, else Debian's; null when there is none.
 * @returns {{ command: string, isLab: boolean, isClassic: boolean } | null} isClassic: Notebook 6 and older, which has its own server
 */
export function findJupyter() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const name of ['jupyter-lab', 'jupyter-notebook']) {
    const command = [...folders, '/usr/bin'].map((folder) => path.join(folder, `${name}${suffix}`)).find(existsSync);
    if (command === undefined) continue;
    const version = spawnSync(command, ['--version'], { encoding: 'utf8' });
    // A leftover script whose Python is gone is no Jupyter.
    const major = Number.parseInt(version.stdout ?? '', 10);
    if (Number.isNaN(major)) continue;
    return { command, isLab: name === 'jupyter-lab', isClassic: name === 'jupyter-notebook' && major < 7 };
  }
  return null;
}

function options({ isClassic }, root, port) {
  const app = isClassic ? 'NotebookApp' : 'ServerApp';
  return [
    '--no-browser',
    '-y',
    `--${app}.ip=${ip}`,
    `--${app}.port=${port}`,
    `--${app}.port_retries=0`,
    `--${app}.${isClassic ? 'notebook_dir' : 'root_dir'}=${root}`,
    '--KernelSpecManager.ensure_native_kernel=False',
    `--KernelSpecManager.allowed_kernelspecs=${kernelName}`,
    `--MultiKernelManager.default_kernel_name=${kernelName}`,
  ];
}

function jupyterAsRoot() {
  return process.getuid?.() === 0 ? ['--allow-root'] : [];
}

function environment(root, token) {
  const state = (name) => {
    const folder = path.join(root, '.jupyter', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  return {
    ...process.env,
    JUPYTER_PATH: [path.join(root, 'jupyter'), process.env.JUPYTER_PATH].filter(Boolean).join(path.delimiter),
    JUPYTER_CONFIG_DIR: state('config'),
    JUPYTER_DATA_DIR: state('data'),
    JUPYTER_RUNTIME_DIR: state('runtime'),
    // Not an option: other users of this machine can read command lines.
    JUPYTER_TOKEN: token,
    PYDEVD_DISABLE_FILE_VALIDATION: '1',
    // The kernel is to run on the Node that runs this, whatever else the PATH offers first.
    PATH: [path.dirname(process.execPath), process.env.PATH].filter(Boolean).join(path.delimiter),
  };
}

/** Unsigned notebooks are opened untrusted, without their explorables. Signing is a convenience: a failure is no reason to stop. */
function signNotebooks(root, { command }, env) {
  const folder = path.join(root, 'notebooks');
  const notebooks = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.ipynb'))
        .map((name) => path.join(folder, name))
    : [];
  if (notebooks.length === 0 || process.platform === 'win32') return;
  // The Python that has Jupyter: python3 on the PATH may be another.
  const python = /^#!\s*(\S+)/.exec(readFileSync(command, 'utf8'))?.[1] ?? 'python3';
  spawnSync(python, ['-m', 'nbformat.sign', ...notebooks], { env, stdio: 'ignore' });
}

/** The first free port from `first` on. */
async function freePort(first) {
  for (let port = first; port < first + 100; port += 1) {
    const isFree = await new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, ip, () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
  throw new Error(`openJupyter: no port is free from ${first} to ${first + 99}`);
}

async function answering(server, url, token) {
  const end = Date.now() + startLimitMs;
  while (Date.now() < end && server.exitCode === null) {
    try {
      const response = await fetch(url, { headers: { authorization: `token ${token}` } });
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`openJupyter: the server did not answer within ${startLimitMs / 1000} s, see .jupyter/server.log`);
}

function openBrowser(address) {
  const [command, ...before] = process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['explorer'] : ['xdg-open'];
  const child = spawn(command, [...before, address], { stdio: 'ignore', detached: true });
  // Without a browser the printed address is enough.
  child.once('error', () => {});
  child.unref();
}

async function main() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const words = process.argv.slice(2);
  const unknown = words.find((word) => word.startsWith('-') && word !== '--no-browser');
  if (unknown !== undefined) {
    console.error(`open-jupyter: unknown option ${unknown}\nUsage: node scripts/open-jupyter.mjs [NOTEBOOK] [--no-browser]`);
    process.exit(2);
  }
  const named = words.find((word) => !word.startsWith('-'));
  const first = readdirSync(path.join(root, 'notebooks'))
    .filter((name) => name.endsWith('.ipynb'))
    .sort()[0];
  const notebook = named === undefined ? path.join('notebooks', first ?? '') : path.relative(root, path.resolve(named));
  try {
    const { stopped } = await openJupyter({ root, notebook, browser: !words.includes('--no-browser') });
    process.exitCode = await stopped;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 3;
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
