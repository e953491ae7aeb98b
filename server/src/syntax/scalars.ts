/** What a plain (unquoted) scalar means. */
export type ScalarData = string | number | boolean | null;

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUES = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const FALSES = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const SPECIAL_FLOATS = new Map([
  ['.inf', Number.POSITIVE_INFINITY],
  ['+.inf', Number.POSITIVE_INFINITY],
  ['-.inf', Number.NEGATIVE_INFINITY],
  ['.nan', Number.NaN],
]);

const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const OCTAL = /^([-+]?)0o?([0-7]+)$/;
const HEXADECIMAL = /^([-+]?)0x([0-9a-fA-F]+)$/i;
const BINARY = /^([-+]?)0b([01]+)$/i;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/**
 * Resolves a plain scalar as Kubernetes and Helm do. Both read YAML through sigs.k8s.io/yaml, which is goyaml.v2: YAML 1.1
 * booleans (`yes`, `on`, `y`), `0644` octal, underscores in numbers, no sexagesimal numbers, dates stay strings.
 *
 * Source: resolve.go of goyaml.v2, as vendored by sigs.k8s.io/yaml.
 */
export function resolvePlainScalar(text: string): ScalarData {
  if (NULLS.has(text)) return null;
  if (TRUES.has(text)) return true;
  if (FALSES.has(text)) return false;
  const first = text.charCodeAt(0);
  // Numbers start with a digit, a sign or a dot; everything else is a string without further tests.
  if (!(first >= 0x30 && first <= 0x39) && first !== 0x2b && first !== 0x2d && first !== 0x2e) return text;
  return SPECIAL_FLOATS.get(text.toLowerCase()) ?? resolveNumber(text.replaceAll('_', '')) ?? text;
}

function resolveNumber(digits: string): number | undefined {
  if (DECIMAL.test(digits)) return Number(digits);
  for (const [pattern, radix] of [[OCTAL, 8] as const, [HEXADECIMAL, 16] as const, [BINARY, 2] as const]) {
    const match = pattern.exec(digits);
    if (match !== null) return Number.parseInt(`${match[1] ?? ''}${match[2] ?? ''}`, radix);
  }
  return FLOAT.test(digits) ? Number(digits) : undefined;
}
