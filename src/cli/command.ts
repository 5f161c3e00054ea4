/** One subcommand of mpps. */
export interface Command {
  /** What follows the command's name, such as `ID|FILE`. */
  usage: string;
  /** One line for the list of commands. */
  summary: string;
  /** What more there is to say, an example first. */
  help: string;
  /** Flags beside --help, and --json where it means more than one document: `true` for switches, a placeholder such as `FILE` for those that take a value. */
  flags: Record<string, { value: true | string; text: string }>;
  /** Whether a call makes network namespaces, which takes root or a user namespace; left out: it never does. */
  needsLab?: (flags: Call['flags'], positionals: Call['positionals']) => boolean;
  /** Names of the positional arguments that must be given. */
  positionals: string[];
  /** Whether more may follow, of the kind of the last one. */
  more?: true;
  run(call: Call): Promise<number>;
}

/** One call of a command, arguments checked. */
export interface Call {
  positionals: string[];
  flags: Record<string, string | boolean>;
  json: boolean;
  /** Fires on Ctrl-C. */
  signal: AbortSignal;
  /** Prints on standard output: data only. With --json nothing may be printed but the one document, or one document a line where the command says so. */
  print(text: string): void;
  /** Says something to the person in front: standard error. */
  say(text: string): void;
}
