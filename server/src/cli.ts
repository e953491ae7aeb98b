import { buffer } from 'node:stream/consumers';
import packageJson from '../../package.json' with { type: 'json' };
import { runCommand } from './cli/main.ts';
import { rules } from './rules/index.ts';
import { readSchemas } from './workspace/node-schemas.ts';

const { argv, env, stdin, stdout, stderr } = process;

// A reader that has seen enough, such as head, closes the pipe.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(argv.slice(2)).catch((error: unknown) => {
  // The message of an unexpected error may quote the file that it is about.
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter(isFrame) : [];
  stderr.write(['Something went wrong: this is a defect of kube-safeguards.', ...frames, ''].join('\n'));
  process.exitCode = 2;
});

function isFrame(line: string): boolean {
  return /^ {4}at /.test(line);
}

async function main(args: readonly string[]): Promise<void> {
  process.exitCode = await runCommand(args, {
    workingFolder: process.cwd(),
    rules,
    schemas: readSchemas(),
    version: packageJson.version,
    today: new Date().toISOString().slice(0, 10),
    colour: hasColours(),
    standardInput: args.includes('-') ? await buffer(stdin) : new Uint8Array(),
    writeOutput: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
  });
}

/** Follows https://no-color.org and FORCE_COLOR, then the terminal. */
function hasColours(): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stdout.isTTY && stdout.hasColors();
}
