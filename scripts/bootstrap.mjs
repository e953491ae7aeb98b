// Runs a script of the project from any clone: `node scripts/bootstrap.mjs scripts/test.ts`.
// Needs Node 20 and npm, nothing else. It installs the dependencies when they are missing or out of step with
// package-lock.json, then continues in the project's own Node (the npm package `node`), which runs TypeScript.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OLDEST_NODE_FOR_BOOTSTRAP = 20;
const OLDEST_NODE_FOR_TYPESCRIPT = 24;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const projectNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const nodeMajor = Number.parseInt(process.versions.node, 10);

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main([script, ...args]) {
  if (nodeMajor < OLDEST_NODE_FOR_BOOTSTRAP)
    throw new Error(
      `Kube Safeguards needs Node ${OLDEST_NODE_FOR_BOOTSTRAP} or later; this is ${process.versions.node}.`,
    );
  if (!dependenciesAreCurrent()) installDependencies();
  await run(join(root, script), args);
}

/** Compares what npm recorded as installed with package-lock.json; optional packages may be absent. */
function dependenciesAreCurrent() {
  const installed = packagesIn(join(modules, '.package-lock.json'));
  const wanted = packagesIn(join(root, 'package-lock.json'));
  if (!installed || !wanted || !existsSync(projectNode)) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function installDependencies() {
  // A linked folder belongs to another checkout: replacing its content would break that one.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const started = Date.now();
  process.stdout.write('Installing dependencies (about a minute the first time) ... ');
  const [npm, ...npmArgs] = npmCommand();
  const result = spawnSync(npm, [...npmArgs, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32' && npm === 'npm',
  });
  console.log(result.status === 0 ? `${Math.round((Date.now() - started) / 1000)} s` : 'failed');
  if (result.status !== 0) throw new Error(reasonOfFailure(result));
  if (!existsSync(projectNode))
    throw new Error(
      'The project\'s Node was not installed, as npm skipped install scripts: run "npm ci --ignore-scripts=false".',
    );
}

/** The npm that started us, or the one on the PATH. */
function npmCommand() {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
}

function reasonOfFailure({ error, stderr }) {
  if (error?.code === 'ENOENT') return 'npm was not found: install Node with npm from https://nodejs.org.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(stderr))
    return 'The npm registry cannot be reached: check the network, the proxy, or "npm config get registry".';
  return `npm ci failed:\n${stderr.trim().split('\n').slice(-15).join('\n')}`;
}

async function run(script, args) {
  if (nodeMajor >= OLDEST_NODE_FOR_TYPESCRIPT) {
    process.argv.splice(1, Number.POSITIVE_INFINITY, script, ...args);
    await import(pathToFileURL(script).href);
    return;
  }
  const child = spawn(projectNode, [script, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((done) => child.on('exit', (...end) => done(end)));
  process.exitCode = code ?? (signal ? 1 : 0);
}
