import { encodeYaml } from '../../helm/encoding/yaml/encode.ts';
import { formatValue } from '../../helm/go/format.ts';
import { Dict, type GoValue, List, Str } from '../../helm/value/value.ts';

/** Names of values that are nobody's to show. */
const SECRET = /pass(?:word|wd|phrase)|secret|token|credential|private|api[-_]?key|\bkey$/i;
const MASK = '••••••';
const MAX_LENGTH = 1500;

/** A value as YAML, for a person; what is named like a secret is masked, also where it has flowed on. */
export function shownValue(value: GoValue, path: readonly string[]): string {
  const masked = mask(value, path.at(-1) ?? '');
  const isPlain = masked.kind === 'native' || (masked.kind === 'string' && masked.text.includes('\n'));
  return shortened(isPlain ? formatValue(masked) : (encodeYaml(masked)?.text ?? formatValue(masked)));
}

/** What an action writes that has a value; what comes from a secret is masked. */
export function writtenValue(value: GoValue): string {
  return value.kind === 'nil' ? '' : shortened(formatValue(mask(value, '')));
}

function shortened(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.length > MAX_LENGTH ? `${trimmed.slice(0, MAX_LENGTH)}…` : trimmed;
}

function mask(value: GoValue, name: string): GoValue {
  switch (value.kind) {
    case 'map': {
      const entries = [...value.entries].map(([key, item]) => [key, mask(item, key)] as const);
      return new Dict(new Map(entries), 'map[string]interface {}', []);
    }
    case 'list':
      return new List(
        value.items.map((item) => mask(item, name)),
        '[]interface {}',
        [],
      );
    case 'string':
    case 'int':
    case 'float':
      return isSecret(value, name) ? new Str(MASK, []) : value;
    default:
      return value;
  }
}

function isSecret(value: GoValue, name: string): boolean {
  if (value.kind === 'string' && value.text === '') return false;
  if (SECRET.test(name)) return true;
  return value.trace.some(({ kind, path }) => kind === 'value' && SECRET.test(String(path.at(-1) ?? '')));
}
