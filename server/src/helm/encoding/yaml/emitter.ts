import type { Trace } from '../../trace/origin.ts';
import { Str } from '../../trace/text.ts';
import type { Dict, GoValue, List } from '../../value/value.ts';
import { compareYamlKeys } from './key-order.ts';
import { ScalarWriter } from './scalar-writer.ts';
import { UnwritableError, type YamlStyle } from './style.ts';
import { YamlWriter } from './writer.ts';

/** Collections nested deeper than this cannot be written. */
const MAX_DEPTH = 500;

/** Writes a value in block style, which is all that Helm writes. A port in spirit of emitterc.go of goyaml.v2 (libyaml). */
export class Emitter {
  readonly #writer = new YamlWriter();
  readonly #style: YamlStyle;
  readonly #scalars: ScalarWriter;
  #depth = 0;

  constructor(style: YamlStyle) {
    this.#style = style;
    this.#scalars = new ScalarWriter(this.#writer, style);
  }

  /** The text of a document, with its final line end. @throws UnwritableError */
  document(value: GoValue): Str {
    this.#node(value, value.trace, false);
    this.#writer.indent = -1;
    this.#writer.writeIndent(value.trace);
    return this.#writer.out.build(value.trace);
  }

  #node(value: GoValue, trace: Trace, inMapping: boolean): void {
    switch (value.kind) {
      case 'map':
        if (value.isNil && !this.#style.indentsLists) this.#scalars.plain('null', trace);
        else this.#mapping(value, trace);
        break;
      case 'list':
        this.#list(value, trace, inMapping);
        break;
      case 'string':
        this.#scalars.string(value, trace, false);
        break;
      case 'nil':
        this.#scalars.plain('null', trace);
        break;
      case 'bool':
        this.#scalars.plain(String(value.value), trace);
        break;
      case 'int':
      case 'float':
        this.#scalars.plain(this.#style.number(value), trace);
        break;
      case 'native': {
        const json = value.native.toJson?.() ?? value.native.contents?.();
        if (json === undefined) throw new UnwritableError(`cannot write ${value.native.typeName}`);
        this.#node(json, trace, inMapping);
      }
    }
  }

  #list(list: List, trace: Trace, inMapping: boolean): void {
    if (list.isNil && !this.#style.indentsLists) this.#scalars.plain('null', trace);
    else if (list.type === '[]uint8') this.#scalars.string(base64OfBytes(list), trace, false);
    else this.#sequence(list, trace, inMapping);
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) throw new UnwritableError('nested too deeply');
  }

  #mapping(map: Dict, trace: Trace): void {
    if (map.entries.size === 0) {
      this.#writer.indicator('{', true, true, false, trace);
      this.#writer.indicator('}', false, false, false, trace);
      return;
    }
    this.#enter();
    const outer = this.#writer.increaseIndent(false, false);
    for (const key of [...map.entries.keys()].sort(compareYamlKeys)) {
      const value = map.entries.get(key);
      if (value === undefined) continue;
      this.#entry(new Str(key, map.keyTrace(key)), value);
    }
    this.#writer.indent = outer;
    this.#depth--;
  }

  #entry(key: Str, value: GoValue): void {
    const trace = key.trace;
    // A key of JSON that is longer than this, or has a line break of YAML, is no key to YAML any more.
    const isNoJsonKey = key.text.length > 1022 || key.text.includes('\u0085');
    if (this.#style.readsJson && isNoJsonKey) throw new UnwritableError("could not find expected ':'");
    this.#writer.writeIndent(trace);
    if (isSimpleKey(key.text)) {
      this.#scalars.string(key, trace, true);
      this.#writer.indicator(':', false, false, false, trace);
    } else {
      this.#writer.indicator('?', true, false, true, trace);
      this.#scalars.string(key, trace, false);
      this.#writer.writeIndent(trace);
      this.#writer.indicator(':', true, false, true, trace);
    }
    this.#node(value, value.trace, true);
  }

  #sequence(list: List, trace: Trace, inMapping: boolean): void {
    if (list.items.length === 0) {
      this.#writer.indicator('[', true, true, false, trace);
      this.#writer.indicator(']', false, false, false, trace);
      return;
    }
    this.#enter();
    const isIndentless = inMapping && !this.#writer.isAtIndent && !this.#style.indentsLists;
    const outer = this.#writer.increaseIndent(false, isIndentless);
    for (const item of list.items) {
      this.#writer.writeIndent(item.trace);
      this.#writer.indicator('-', true, false, true, item.trace);
      this.#node(item, item.trace, false);
    }
    this.#writer.indent = outer;
    this.#depth--;
  }
}

/** Keys of several lines, or of more than 128 bytes, stand behind a question mark. */
function isSimpleKey(text: string): boolean {
  if (/[\n\r\u0085\u2028\u2029]/.test(text)) return false;
  return text.length <= 42 || new TextEncoder().encode(text).length <= 128;
}

function base64OfBytes(list: List): Str {
  const bytes = list.items.map((item) => (item.kind === 'int' ? Number(item.value) : 0));
  return new Str(btoa(String.fromCharCode(...bytes)), list.trace);
}
