#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { InputError } from '../experiment/index.js';
import type { Command } from './command.js';
import { commands } from './commands/index.js';
import { exitCodeOf, exitCodes } from './exit-code.js';
import { inUserNamespace } from './in-user-namespace.js';

/** Runs one mpps command line. @returns its exit code */
export async function mpps(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(overview());
    return name === undefined ? exitCodes.wrongInput : exitCodes.done;
  }
  const interrupt = new AbortController();
  const onInterrupt = () => {
    // A second Ctrl-C does not wait for anything to be undone; the next command finds and removes what is left.
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
    interrupt.abort();
  };
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  try {
    const command = commands[name];
    if (!command) throw new InputError(`command must be one of ${Object.keys(commands).join(', ')}, got ${name}`);
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(
          Object.entries(command.flags).map(([flag, { value }]) => [flag, { type: value === true ? ('boolean' as const) : ('string' as const) }]),
        ),
      },
    });
    if (values.help) {
      process.stdout.write(usage(name, command));
      return exitCodes.done;
    }
    if (positionals.length < command.positionals.length || (positionals.length > command.positionals.length && !command.more)) {
      throw new InputError(
        `mpps ${name}: arguments must be ${command.usage || 'none'}, got ${positionals.join(' ') || 'none'}; see mpps ${name} --help`,
      );
    }
    const flags = values as Record<string, string | boolean>;
    const say = (text: string) => void process.stderr.write(`${text}\n`);
    const inside = command.needsLab?.(flags, positionals) ? await inUserNamespace(process.argv[1] ?? '', argv, say) : null;
    if (inside !== null) return inside;
    return await command.run({
      positionals,
      flags,
      json: values.json === true,
      signal: interrupt.signal,
      print: (text) => void process.stdout.write(`${text}\n`),
      say,
    });
  } catch (error) {
    const code = exitCodeOf(error);
    const text =
      code === exitCodes.interrupted
        ? 'interrupted; what was measured before is kept, and nothing is left on this machine'
        : error instanceof Error
          ? error.message
          : String(error);
    process.stderr.write(code === exitCodes.failed && process.env.MPPS_DEBUG ? `${(error as Error).stack}\n` : `mpps: ${text.split('\n')[0]}\n`);
    return code;
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}

function overview(): string {
  const width = Math.max(...Object.entries(commands).map(([name, { usage: text }]) => `${name} ${text}`.length));
  const lines = Object.entries(commands).map(([name, { usage: text, summary }]) => `  ${`${name} ${text}`.padEnd(width)}  ${summary}`);
  return `mpps: how many UDP packets per second can this Linux box receive, and what stops it?\n\n${lines.join('\n')}\n\nEvery command has --help; --json prints one JSON document on standard output (watch: one a line).\nExit codes: 0 done, 2 wrong usage or input, 3 this machine cannot do it, 4 done but not to be trusted, 130 interrupted, 1 anything else.\n`;
}

function usage(name: string, { usage: text, summary, help, flags }: Command): string {
  const all = Object.entries({ ...flags, json: flags.json ?? { value: true, text: 'print one JSON document and nothing else' } });
  const shown = all.map(([flag, { value, text: meaning }]) => [`--${flag}${value === true ? '' : ` ${value}`}`, meaning] as const);
  const width = Math.max(...shown.map(([flag]) => flag.length));
  return `mpps ${name} ${text}\n\n${summary}\n\n${help}\n\n${shown.map(([flag, meaning]) => `  ${flag.padEnd(width)}  ${meaning}`).join('\n')}\n`;
}

if (process.argv[1] && import.meta.url.endsWith('/cli/mpps.js')) process.exitCode = await mpps(process.argv.slice(2));
