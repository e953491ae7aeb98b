import { decodeJsonPrefix, decodeTracedJson, JsonError } from '../encoding/json-decode.ts';
import type { Origin, Trace } from '../trace/origin.ts';
import { Bool, Dict, type GoValue, Int, List, Nil, Str, typeName } from '../value/value.ts';
import { mergeMaps, ValuesError } from './values-file.ts';

export type SetFlag = 'set' | 'set-string' | 'set-json' | 'set-file' | 'set-literal';

/** A value given on the command line. */
export interface SetValue {
  readonly flag: SetFlag;
  /** What stands behind the flag: `a.b=1,c[0]=x`. */
  readonly text: string;
  /** Where somebody typed it; absent for the command line. */
  readonly origin?: Origin;
}

/** Helm applies the flags by kind, whatever their order. */
export const SET_ORDER: readonly SetFlag[] = ['set-json', 'set', 'set-string', 'set-file', 'set-literal'];

const MAX_INDEX = 65_536;
const MAX_NESTING = 30;

/**
 * Applies one flag to the values.
 *
 * @param readFile What `set-file` names; undefined when there is no such file.
 * @returns The values: changed in place, or new ones.
 * @throws ValuesError
 */
export function applySetValue(
  values: Dict,
  { flag, text, origin }: SetValue,
  readFile: (path: string) => string | undefined,
): Dict {
  const trace: Trace = [origin ?? { kind: 'flag', file: `--${flag}`, path: [] }];
  const trimmed = text.trim();
  try {
    if (flag === 'set-json' && trimmed.startsWith('{')) {
      const map = decodeTracedJson(new Str(trimmed, trace));
      if (map.kind === 'map') return mergeMaps(values, map);
    }
    new SetParser(text, flag, trace, readFile).parse(values);
    return values;
  } catch (error) {
    if (error instanceof SetError || error instanceof JsonError) {
      if (flag === 'set-json') {
        throw new ValuesError(
          `failed parsing --set-json data${trimmed.startsWith('{') ? ' JSON:' : ''} ${text}`,
        );
      }
      throw new ValuesError(`failed parsing --${flag} data: ${error.message}`);
    }
    throw error;
  }
}

class SetError extends Error {}

function conversionProblem(value: GoValue, wanted: string): string {
  const actual = value.kind === 'nil' ? 'nil' : typeName(value);
  return `unable to parse key: interface conversion: interface {} is ${actual}, not ${wanted}`;
}

/** Helm's strvals: keys with dots and indexes, values with lists in braces, backslashes before what would mean something. */
class SetParser {
  readonly #characters: readonly string[];
  readonly #flag: SetFlag;
  readonly #trace: Trace;
  readonly #readFile: (path: string) => string | undefined;
  #offset = 0;

  constructor(text: string, flag: SetFlag, trace: Trace, readFile: (path: string) => string | undefined) {
    this.#characters = [...text];
    this.#flag = flag;
    this.#trace = trace;
    this.#readFile = readFile;
  }

  parse(values: Dict): void {
    while (this.#offset < this.#characters.length) this.#key(values, 0);
  }

  /** Reads to one of the characters; the end is an undefined stop. */
  #until(stops: string): { text: string; stop: string | undefined } {
    let text = '';
    while (this.#offset < this.#characters.length) {
      const character = this.#characters[this.#offset++] ?? '';
      if (stops.includes(character)) return { text, stop: character };
      if (character === '\\' && this.#flag !== 'set-literal') text += this.#characters[this.#offset++] ?? '';
      else text += character;
    }
    return { text, stop: undefined };
  }

  #key(values: Dict, depth: number): void {
    const { text: key, stop } = this.#until(this.#flag === 'set-literal' ? '=[.' : '=[,.');
    switch (stop) {
      case undefined:
        if (key !== '') throw new SetError(`key ${JSON.stringify(key)} has no value`);
        return;
      case '[': {
        const index = this.#index();
        const present = values.entries.get(key);
        if (present !== undefined && present.kind !== 'list') {
          throw new SetError(conversionProblem(present, '[]interface {}'));
        }
        this.#put(values, key, this.#listItem(present, index, depth));
        return;
      }
      case '=':
        this.#put(values, key, this.#value());
        return;
      case ',':
        this.#put(values, key, new Str('', this.#trace));
        throw new SetError(`key ${JSON.stringify(key)} has no value (cannot end with ,)`);
      default:
        this.#nested(values, key, depth + 1);
    }
  }

  #nested(values: Dict, key: string, depth: number): void {
    if (depth > MAX_NESTING) {
      throw new SetError(
        `value name nested level is greater than maximum supported nested level of ${MAX_NESTING}`,
      );
    }
    const present = values.entries.get(key);
    if (present !== undefined && present.kind !== 'map') {
      throw new SetError(conversionProblem(present, 'map[string]interface {}'));
    }
    const inner = present ?? this.#table();
    this.#key(inner, depth);
    if (inner.entries.size === 0) throw new SetError(`key map ${JSON.stringify(key)} has no value`);
    this.#put(values, key, inner);
  }

  #table(): Dict {
    return new Dict(new Map(), 'map[string]interface {}', this.#trace);
  }

  #put(values: Dict, key: string, value: GoValue): void {
    if (key !== '') values.entries.set(key, value);
  }

  #index(): number {
    const { text, stop } = this.#until(']');
    if (stop === undefined) throw new SetError('error parsing index: EOF');
    if (!/^[+-]?[0-9]+$/.test(text)) {
      throw new SetError(
        `error parsing index: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
      );
    }
    const index = Number(text);
    if (index < 0) throw new SetError(`negative ${index} index not allowed`);
    return index;
  }

  #listItem(list: List | undefined, index: number, depth: number): List {
    const { text, stop } = this.#until('[.=');
    if (text !== '') throw new SetError(`unexpected data at end of array index: ${JSON.stringify(text)}`);
    const present = list?.items[index];
    if (stop === '=') return this.#setIndex(list, index, this.#value());
    if (stop === '[') {
      const nested = this.#listItem(present?.kind === 'list' ? present : undefined, this.#index(), depth);
      return this.#setIndex(list, index, nested);
    }
    if (stop === '.') {
      const inner = present?.kind === 'map' ? present : this.#table();
      this.#key(inner, depth);
      return this.#setIndex(list, index, inner);
    }
    throw new SetError('EOF');
  }

  #setIndex(list: List | undefined, index: number, value: GoValue): List {
    if (index > MAX_INDEX) {
      throw new SetError(`index of ${index} is greater than maximum supported index of ${MAX_INDEX}`);
    }
    const items = [...(list?.items ?? [])];
    while (items.length <= index) items.push(new Nil(this.#trace));
    items[index] = value;
    return new List(items, '[]interface {}', list?.trace ?? this.#trace);
  }

  #value(): GoValue {
    switch (this.#flag) {
      case 'set-json':
        return this.#json();
      case 'set-literal':
        return new Str(this.#until('').text, this.#trace);
      default:
        if (this.#characters[this.#offset] !== '{') return this.#typed(this.#until(',').text);
        this.#offset++;
        return this.#listValue();
    }
  }

  #listValue(): GoValue {
    const items: GoValue[] = [];
    for (;;) {
      const { text, stop } = this.#until(',}');
      if (stop === undefined) throw new SetError("list must terminate with '}'");
      items.push(this.#typed(text));
      if (stop === '}') break;
    }
    if (this.#characters[this.#offset] === ',') this.#offset++;
    return new List(items, '[]interface {}', this.#trace);
  }

  #json(): GoValue {
    const rest = this.#characters.slice(this.#offset).join('');
    const blank = /^\s*/.exec(rest)?.[0].length ?? 0;
    if (rest.length === blank || rest[blank] === ',') {
      this.#offset += blank + 1;
      return new Nil(this.#trace);
    }
    const { value, end } = decodeJsonPrefix(new Str(rest, this.#trace));
    this.#offset += [...rest.slice(0, end)].length;
    while (/\s/.test(this.#characters[this.#offset] ?? '')) this.#offset++;
    if (this.#characters[this.#offset] === ',') this.#offset++;
    return value;
  }

  #typed(text: string): GoValue {
    const trace = this.#trace;
    if (this.#flag === 'set-file') {
      const content = this.#readFile(text);
      if (content === undefined) throw new SetError(`open ${text}: no such file or directory`);
      return new Str(content, [{ kind: 'file', file: text, path: [] }]);
    }
    if (this.#flag === 'set-string') return new Str(text, trace);
    switch (text.toLowerCase()) {
      case 'true':
        return new Bool(true, trace);
      case 'false':
        return new Bool(false, trace);
      case 'null':
        return new Nil(trace);
      case '0':
        return new Int(0n, 'int64', trace);
    }
    const isInteger = /^[+-]?[1-9][0-9]*$/.test(text) || /^[+-]0[0-9]*$/.test(text);
    const value = isInteger ? BigInt(text.replace('+', '')) : undefined;
    if (value !== undefined && BigInt.asIntN(64, value) === value) return new Int(value, 'int64', trace);
    return new Str(text, trace);
  }
}
