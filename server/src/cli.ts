import * as module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { lspArguments } from './cli/lsp-arguments.ts';
import { tellUsage } from './cli/options.ts';

// What is compiled is kept from one run to the next.
module.enableCompileCache?.();

const HELP: ReadonlySet<string> = new Set(['-h', '--help']);

main(process.argv.slice(2)).catch((error: unknown) => {
  // The message of an unexpected error may quote the file that it is about.
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter(isFrame) : [];
  process.stderr.write(
    ['Something went wrong: this is a defect of kube-safeguards.', ...frames, ''].join('\n'),
  );
  process.exitCode = 2;
});

function isFrame(line: string): boolean {
  return /^ {4}at /.test(line);
}

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === 'lsp' && !args.some((arg) => HELP.has(arg))) return serve(args);
  const { run } = await (args[0] === 'render' ? renderProgram() : import('./cli/program.ts'));
  process.exitCode = await run(args);
}

/** The language server reads its arguments by itself, those of the process. */
async function serve([command = '', ...args]: readonly string[]): Promise<void> {
  try {
    process.argv.splice(
      2,
      Number.POSITIVE_INFINITY,
      command,
      ...lspArguments(args, process.send !== undefined),
    );
  } catch (error) {
    process.exitCode = tellUsage(error, (text) => void process.stderr.write(text));
    return;
  }
  await import('./server.ts');
}

/** Rendering a chart takes less time than loading the rules, and ends before code pays off that V8 takes long to optimise. */
function renderProgram() {
  setFlagsFromString('--no-turbofan');
  return import('./cli/render-program.ts');
}
