import { spawnSync } from 'node:child_process';

/**
 * Runs a program with an argument list, never through a shell.
 *
 * @param argv program and arguments
 * @param input text for its standard input
 * @param environment variables beside those of this process
 * @returns what it printed
 * @throws {Error} with `code` and `syscall`, and the program's own message, when it fails
 */
export function runCommand(argv: readonly [string, ...string[]], input = '', environment: Record<string, string> = {}): string {
  const [program, ...rest] = argv;
  const { error, status, stdout, stderr } = spawnSync(program, rest, {
    encoding: 'utf8',
    input,
    timeout: 30_000,
    env: { ...process.env, ...environment },
  });
  if (error) throw error;
  if (status !== 0) {
    throw Object.assign(new Error(`${argv.join(' ')}: ${stderr.trim() || `exit code ${status}`}`), { code: 'ECOMMAND', syscall: program });
  }
  return stdout;
}
