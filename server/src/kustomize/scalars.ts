import { parseInteger } from '../helm/template/numbers.ts';

/** What a plain scalar means to Kustomize. */
export type PlainData =
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'null' };

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const BOOLEANS = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
const INFINITIES = new Set(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']);
const NEGATIVE_INFINITIES = new Set(['-.inf', '-.Inf', '-.INF']);
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const MAX_UINT64 = (1n << 64n) - 1n;
const MIN_INT64 = -(1n << 63n);

/**
 * Resolves a plain scalar as Kustomize does. It reads YAML with goyaml.v3, to which `yes` and `on` are strings where Kubernetes sees
 * booleans, and dates are moments in time.
 *
 * Source: resolve.go of goyaml.v3
 */
export function resolvePlain(text: string): PlainData {
  if (NULLS.has(text)) return { type: 'null' };
  const boolean = BOOLEANS.get(text);
  if (boolean !== undefined) return { type: 'bool', value: boolean };
  const first = text.charCodeAt(0);
  const isNumeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  return (isNumeric ? resolveNumber(text) : undefined) ?? { type: 'string', text };
}

function resolveNumber(text: string): PlainData | undefined {
  if (INFINITIES.has(text)) return { type: 'float', value: Number.POSITIVE_INFINITY };
  if (NEGATIVE_INFINITIES.has(text)) return { type: 'float', value: Number.NEGATIVE_INFINITY };
  const moment = momentOf(text);
  if (moment !== undefined) return { type: 'string', text: moment };
  const plain = text.replaceAll('_', '');
  const integer = parseInteger(plain);
  if (integer !== undefined && integer >= MIN_INT64 && integer <= MAX_UINT64)
    return { type: 'int', value: integer };
  return FLOAT.test(plain) ? { type: 'float', value: Number(plain) } : undefined;
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const DATE_AND_TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]| )(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** A date as it stands after JSON, in RFC 3339; undefined for anything else. */
function momentOf(text: string): string | undefined {
  if (text[4] !== '-') return undefined;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone] =
    DATE.exec(text) ?? DATE_AND_TIME.exec(text) ?? [];
  if (year === '' || !isDate(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const two = (part: string) => part.padStart(2, '0');
  const trimmed = fraction.replace(/0+$/, '').replace(/^\.$/, '');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${trimmed}${zone ?? 'Z'}`;
}

function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
