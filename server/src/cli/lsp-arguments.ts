import { type OptionForm, readOptions, UsageError } from './options.ts';

/** What the connection of the language server reads of the process's arguments by itself. */
export const LSP_OPTIONS: Readonly<Record<string, OptionForm>> = {
  stdio: { value: 'none' },
  socket: { value: 'needed' },
  pipe: { value: 'needed' },
  'node-ipc': { value: 'none' },
  /** Clients that end their servers with themselves give it beside any other. */
  clientProcessId: { value: 'needed' },
};

const TRANSPORTS = ['stdio', 'socket', 'pipe', 'node-ipc'];

/**
 * The arguments behind `lsp` as the connection needs them, which reads one way to speak, and standard input and output where none is named.
 *
 * @param isForked whether there is a channel to a process that has started this one
 * @throws {UsageError} for what the connection would stumble over
 */
export function lspArguments(args: readonly string[], isForked: boolean): string[] {
  const { options, positionals } = readOptions(args, LSP_OPTIONS, true);
  if (positionals.length > 0) throw new UsageError('lsp takes no arguments.');
  const port = options.get('socket');
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65536))
    throw new UsageError(`--socket takes the number of a port; it cannot be "${port}".`);
  const chosen = TRANSPORTS.filter((name) => options.has(name));
  if (chosen.length > 1) throw new UsageError(`lsp takes one of --${chosen.join(', --')}.`);
  if (options.has('node-ipc') && !isForked)
    throw new UsageError('--node-ipc is for a process that another one of Node has forked.');
  return chosen.length === 0 ? [...args, '--stdio'] : [...args];
}
