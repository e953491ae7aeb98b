/** Child processes that always end, together with everything they started. */

import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const GRACE_MS = 3000;
const onWindows = process.platform === 'win32';
const running = new Set<ChildProcess>();

/** Starts a program as the leader of its own process group, which `stopGroup`, or our exit, ends as a whole. */
export function spawnGroup(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  const child = spawn(command, args, { ...options, detached: !onWindows });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Asks the group to end, and insists after three seconds. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return killGroup(child, 'SIGKILL');
  const exited = once(child, 'exit');
  killGroup(child, 'SIGTERM');
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_MS);
  await exited;
  clearTimeout(timer);
  killGroup(child, 'SIGKILL'); // what the leader left behind
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (onWindows) {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // the whole group is gone
  }
}

process.on('exit', () => {
  for (const child of running) killGroup(child, 'SIGKILL');
});

/** Resolves at Ctrl-C, at `kill`, or when the terminal closes. From then on, only our own clean-up ends us. */
export function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
  });
}
