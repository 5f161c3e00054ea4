/**
 * Everything that is ever given to a shell on a target host, letter by letter. Nothing is composed: what differs from host to host
 * travels on standard input. `sh -c` makes them independent of the user's login shell.
 */
export const remoteCommands = {
  /** Holds the connection open and answers, until its standard input ends. */
  hold: `sh -c 'exec cat'`,
  /** Seven lines about a host that may have nothing of the kit. */
  probe: `sh -c 'uname -sm; id -u; date +%s; df -Pk "$HOME" | tail -n 1; (ldd --version 2>&1 | head -n 1); (node --version 2>/dev/null || echo none); (cat "$HOME/.million-packets/kit/bundle.json" 2>/dev/null || echo none)'`,
  /** Unpacks the kit that comes on standard input, whole or not at all. */
  install: `sh -c 'umask 077; d="$HOME/.million-packets"; n=; mkdir -p "$d/journal" && n=$(mktemp -d "$d/new.XXXXXX") && tar -xzf - -C "$n" && rm -rf "$d/kit" && mv -T "$n" "$d/kit" || { s=$?; [ -z "$n" ] || rm -rf "$n"; exit "$s"; }'`,
  /** Takes the kit away. */
  remove: `sh -c 'rm -rf "$HOME/.million-packets"'`,
  /** Starts the kit's program: JSON lines on standard input and output. 92: no kit there; 93: no Node.js there. */
  agent: `sh -c 'cd "$HOME/.million-packets/kit" 2>/dev/null || exit 92; n="$PWD/bin/node"; [ -x "$n" ] || n=$(command -v node) || exit 93; exec "$n" dist/targets/agent/main.js'`,
  /** The same as root. */
  agentAsRoot: `sh -c 'cd "$HOME/.million-packets/kit" 2>/dev/null || exit 92; n="$PWD/bin/node"; [ -x "$n" ] || n=$(command -v node) || exit 93; exec sudo -n "$n" dist/targets/agent/main.js'`,
} as const;

/** Name of a command that may be run on a target host. */
export type RemoteCommand = keyof typeof remoteCommands;
