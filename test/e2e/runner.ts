/** A small test runner that works in Node and inside VS Code's extension host alike. */

export interface Result {
  name: string;
  milliseconds: number;
  /** Absent when the test passed. */
  error?: string;
}

export interface Test {
  name: string;
  run: () => Promise<void>;
}

const TEST_TIMEOUT_MS = 120_000;

/** Runs the tests whose names hold a text one after another; a failing one does not stop the rest. */
export async function runTests(tests: readonly Test[], only = ''): Promise<Result[]> {
  const results: Result[] = [];
  for (const test of tests.filter(({ name }) => name.includes(only))) {
    const started = performance.now();
    const error = await failureOf(test);
    const milliseconds = Math.round(performance.now() - started);
    results.push({ name: test.name, milliseconds, ...(error !== undefined && { error }) });
  }
  return results;
}

async function failureOf(test: Test): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The test did not end in two minutes.')), TEST_TIMEOUT_MS);
  });
  try {
    await Promise.race([test.run(), timeout]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

export function describeResult({ name, milliseconds, error }: Result): string {
  const line = `${error === undefined ? '✓' : '✗'} ${name} (${milliseconds} ms)`;
  return error === undefined ? line : `${line}\n${error.replace(/^/gm, '    ')}`;
}
