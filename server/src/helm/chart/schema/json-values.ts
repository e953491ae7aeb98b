import type { GoValue } from '../../value/value.ts';

/** What JSON Schema calls the type of a value. Source: `typeOf` in jsonschema/v6. */
export function jsonType(value: GoValue): string {
  switch (value.kind) {
    case 'map':
      return 'object';
    case 'list':
      return 'array';
    case 'string':
      return 'string';
    case 'bool':
      return 'boolean';
    case 'float':
    case 'int':
      return 'number';
    default:
      return 'null';
  }
}

export function isWhole(value: GoValue): boolean {
  return value.kind === 'int' || (value.kind === 'float' && Number.isInteger(value.value));
}

/** A text that is the same for equal values: numbers count by what they are worth, maps have no order. */
export function canonical(value: GoValue): string {
  switch (value.kind) {
    case 'map': {
      const entries = [...value.entries].sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
    }
    case 'list':
      return `[${value.items.map(canonical).join()}]`;
    case 'string':
      return JSON.stringify(value.text);
    case 'bool':
      return String(value.value);
    case 'float':
    case 'int':
      return String(Number(value.value));
    default:
      return 'null';
  }
}

/** Whether a number is a multiple of another as they are written, without the errors of binary fractions. */
export function isMultiple(value: number, factor: number): boolean {
  if (factor === 0) return true;
  const [a, b] = [decimals(value), decimals(factor)];
  const digits = Math.max(a, b);
  if (digits > 15) return Number.isInteger(value / factor);
  return scaled(value, digits) % scaled(factor, digits) === 0n;
}

function decimals(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max((mantissa.split('.')[1] ?? '').length - Number(exponent), 0);
}

function scaled(value: number, digits: number): bigint {
  return BigInt(Math.round(value * 10 ** digits));
}
