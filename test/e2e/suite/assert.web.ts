/** The assertions of the suite where Node's are not to be had; values are compared as JSON. */

function ok(value: unknown, message = 'Not so.'): asserts value {
  if (!value) throw new Error(message);
}

function equal(actual: unknown, expected: unknown): void {
  ok(Object.is(actual, expected), `${JSON.stringify(actual)} is not ${JSON.stringify(expected)}.`);
}

function deepEqual(actual: unknown, expected: unknown): void {
  equal(JSON.stringify(actual), JSON.stringify(expected));
}

function match(actual: string, pattern: RegExp): void {
  ok(pattern.test(actual), `${JSON.stringify(actual)} does not match ${pattern}.`);
}

export default { ok, equal, deepEqual, match };
