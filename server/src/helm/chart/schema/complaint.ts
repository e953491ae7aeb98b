import { quote } from '../../go/quote.ts';
import type { GoValue } from '../../value/value.ts';

/** What a schema has against a value. The texts are those of github.com/santhosh-tekuri/jsonschema/v6 (kind/kind.go), which Helm prints. */
export interface Complaint {
  /** The keys and indexes from the root of the values. */
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly causes: readonly Complaint[];
}

export function complaint(
  path: Complaint['path'],
  text: string,
  causes: readonly Complaint[] = [],
): Complaint {
  return { path, text, causes };
}

/** Several complaints about one value count as one. */
export const GROUP = 'validation failed';

/** A complaint and its causes, a line each, those of causes indented. */
export function complaintLines({ path, text, causes }: Complaint): string[] {
  const pointer = path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  const inner = causes.flatMap((cause) =>
    complaintLines(cause).map((line) => (line.startsWith('  ') ? `  ${line}` : `  - ${line}`)),
  );
  return [`at ${quoted(pointer.join(''))}: ${text}`, ...inner];
}

/** A text in single quotes. */
export function quoted(text: string): string {
  return `'${quote(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Texts in single quotes, one behind the other. */
export function quotedList(texts: readonly string[]): string {
  return texts.map(quoted).join(', ');
}

/** Undefined for lists and maps, which are not shown. */
export function shownValue(value: GoValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return quoted(value.text);
    case 'bool':
    case 'float':
    case 'int':
      return String(value.value);
    case 'nil':
      return '<nil>';
    default:
      return undefined;
  }
}

const SUPERSCRIPTS: Record<string, string> = Object.fromEntries(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((digit, value) => [String(value), digit]),
);

/** A number as golang.org/x/text prints it for English readers: `12,345.5`, `1.5×10⁰⁶`. */
export function localNumber(value: number): string {
  const magnitude = Math.abs(value);
  if (value !== 0 && (magnitude >= 1e6 || magnitude < 1e-4)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    const sign = exponent.startsWith('-') ? '⁻' : '';
    const power = exponent.replace(/^[+-]/, '').padStart(2, '0');
    return `${digits}×10${sign}${[...power].map((digit) => SUPERSCRIPTS[digit]).join('')}`;
  }
  const [whole = '', fraction] = String(value).split('.');
  const grouped = whole.replace(/\d(?=(?:\d{3})+$)/g, '$&,');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A count, which is never shortened. */
export function localCount(value: number): string {
  return String(value).replace(/\d(?=(?:\d{3})+$)/g, '$&,');
}
