import { formatFixed, formatShortest } from '../../go/float.ts';
import { type Str, TextBuilder } from '../../trace/text.ts';
import { type Dict, type GoValue, type List, sortedKeys } from '../../value/value.ts';
import { TomlError } from './error.ts';

const BARE_KEY = /^[A-Za-z0-9_-]+$/;
const ESCAPES: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** TOML as github.com/BurntSushi/toml writes it: sorted keys, tables behind the other values, two spaces a level. */
export function encodeToml(value: GoValue): Str {
  const writer = new TomlWriter();
  writer.document(value);
  return writer.out.build(value.trace);
}

class TomlWriter {
  readonly out = new TextBuilder();

  document(value: GoValue): void {
    const content = contentOf(value);
    if (content.kind === 'map') this.table([], content);
    else if (content.kind === 'list' && holdsTables(content)) {
      throw new TomlError('toml: top-level values must be Go maps or structs');
    } else this.#element(content);
  }

  table(path: readonly string[], map: Dict): void {
    const keys = sortedKeys(map).filter((key) => map.entries.get(key)?.kind !== 'nil');
    const isTable = (key: string) => holdsTables(map.entries.get(key) as GoValue);
    for (const key of keys.filter((name) => !isTable(name))) {
      const value = map.entries.get(key) as GoValue;
      const trace = map.keyTrace(key);
      this.out.add(`${'  '.repeat(path.length)}${tomlKey(key)} = `, trace);
      this.#element(value);
      this.out.add('\n', value.trace);
    }
    for (const key of keys.filter(isTable)) this.#subTable([...path, key], map.entries.get(key) as GoValue);
  }

  #subTable(path: readonly string[], given: GoValue): void {
    const value = contentOf(given);
    const indent = '  '.repeat(path.length - 1);
    const name = path.map(tomlKey).join('.');
    if (value.kind === 'map') {
      if (path.length === 1 && this.out.text !== '') this.out.add('\n', value.trace);
      this.out.add(`${indent}[${name}]\n`, value.trace);
      this.table(path, value);
    } else if (value.kind === 'list') {
      for (const item of value.items) {
        if (item.kind !== 'map') continue;
        if (this.out.text !== '') this.out.add('\n', item.trace);
        this.out.add(`${indent}[[${name}]]\n`, item.trace);
        this.table(path, item);
      }
    }
  }

  #element(given: GoValue): void {
    const value = contentOf(given);
    switch (value.kind) {
      case 'string':
        this.out.add(tomlString(value.text), value.trace);
        break;
      case 'bool':
        this.out.add(String(value.value), value.trace);
        break;
      case 'int':
        this.out.add(value.value.toString(), value.trace);
        break;
      case 'float':
        this.out.add(tomlFloat(value.value), value.trace);
        break;
      case 'list':
        this.#array(value);
        break;
      case 'map':
        this.#inlineTable(value);
        break;
      case 'nil':
        throw new TomlError('toml: cannot encode array with nil element');
      case 'native':
        this.out.add(tomlString(value.native.format()), value.trace);
    }
  }

  #array(list: List): void {
    this.out.add('[', list.trace);
    list.items.forEach((item, index) => {
      if (index > 0) this.out.add(', ', list.trace);
      this.#element(item);
    });
    this.out.add(']', list.trace);
  }

  #inlineTable(map: Dict): void {
    this.out.add('{', map.trace);
    sortedKeys(map).forEach((key, index) => {
      if (index > 0) this.out.add(', ', map.trace);
      this.out.add(`${tomlKey(key)} = `, map.keyTrace(key));
      this.#element(map.entries.get(key) as GoValue);
    });
    this.out.add('}', map.trace);
  }
}

function contentOf(value: GoValue): GoValue {
  return value.kind === 'native' ? (value.native.contents?.() ?? value) : value;
}

function holdsTables(given: GoValue): boolean {
  const value = contentOf(given);
  if (value.kind === 'map') return true;
  if (value.kind !== 'list' || value.items.length === 0) return false;
  if (value.items.some((item) => item.kind === 'nil')) {
    throw new TomlError('toml: cannot encode array with nil element');
  }
  return value.items.every((item) => item.kind === 'map');
}

function tomlKey(key: string): string {
  return BARE_KEY.test(key) ? key : tomlString(key);
}

function tomlString(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are escaped.
  const escaped = text.replace(/[\0-\x1f\x7f"\\]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
    return ESCAPES[character] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}

function tomlFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? '+inf' : '-inf';
  const magnitude = Math.abs(value);
  const isPlain = magnitude === 0 || (magnitude >= 1e-4 && magnitude < 1e21);
  const text = isPlain ? formatFixed(value, undefined) : formatShortest(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
