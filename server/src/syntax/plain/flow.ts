import { type Collection, ListValue, MapValue, type ScalarValue, type Value } from '../values.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  HASH,
  INDICATORS,
  isBlankAt,
  isQuote,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUESTION_MARK,
  SPACE,
  TAB,
} from './characters.ts';
import { Keys } from './keys.ts';
import { MAX_DEPTH, NOT_PLAIN } from './not-plain.ts';
import { quotedScalar, type Slot, scalarValue } from './scalars.ts';

interface Read<Kind extends Value> {
  readonly value: Kind;
  /** Behind the value. */
  readonly end: number;
}

/**
 * Reads the flow collection whose bracket stands at an offset.
 *
 * @param mayBreak whether it may go over several lines: where it is the whole document, no indentation has to be looked at
 */
export function readFlow(text: string, start: number, slot: Slot, mayBreak: boolean): Read<Collection> {
  return new FlowReader(text, mayBreak).collection(start, slot, 0);
}

class FlowReader {
  readonly #text: string;
  readonly #mayBreak: boolean;

  constructor(text: string, mayBreak: boolean) {
    this.#text = text;
    this.#mayBreak = mayBreak;
  }

  collection(start: number, slot: Slot, depth: number): Read<Collection> {
    if (depth > MAX_DEPTH) throw NOT_PLAIN;
    const range = { start, end: start };
    const place = { ...slot, range, via: undefined, anchor: undefined };
    const isMap = this.#text.charCodeAt(start) === OPEN_BRACE;
    const value = isMap ? new MapValue(place, 'flow') : new ListValue(place, 'flow');
    const close = isMap ? CLOSE_BRACE : CLOSE_BRACKET;
    const keys = value instanceof MapValue ? new Keys(value) : undefined;
    let at = this.#behindSpace(start + 1);
    while (this.#text.charCodeAt(at) !== close) {
      const end =
        value instanceof MapValue
          ? this.#entry(at, value, keys, depth)
          : this.#item(at, value, value.items.length, depth, (item) => value.add(item));
      at = this.#behindSpace(end);
      if (this.#text.charCodeAt(at) === COMMA) {
        at = this.#behindSpace(at + 1);
        if (this.#text.charCodeAt(at) === close) throw NOT_PLAIN;
      } else if (this.#text.charCodeAt(at) !== close) throw NOT_PLAIN;
    }
    range.end = at + 1;
    return { value, end: range.end };
  }

  #entry(at: number, map: MapValue, keys: Keys | undefined, depth: number): number {
    const keyValue = this.#scalar(at, { parent: map, segment: '' });
    const key = keyValue.decoded;
    keys?.remember(key);
    return this.#item(this.#behindColon(keyValue), map, key, depth, (value) =>
      map.add({ key, keyValue, value }),
    );
  }

  #item(
    at: number,
    parent: Collection,
    segment: string | number,
    depth: number,
    add: (value: Value) => void,
  ): number {
    const code = this.#text.charCodeAt(at);
    const slot = { parent, segment };
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      const { value, end } = this.collection(at, slot, depth + 1);
      add(value);
      return end;
    }
    const value = this.#scalar(at, slot);
    add(value);
    return value.range.end;
  }

  /** Behind the colon of a key and the space that follows. */
  #behindColon(key: ScalarValue): number {
    const colon = key.range.end;
    if (this.#text.charCodeAt(colon) !== COLON) throw NOT_PLAIN;
    const at = this.#behindSpace(colon + 1);
    if (at === colon + 1 && key.style === 'plain') throw NOT_PLAIN;
    const next = this.#text.charCodeAt(at);
    if (next === COMMA || next === CLOSE_BRACE || next === CLOSE_BRACKET) throw NOT_PLAIN;
    return at;
  }

  #behindSpace(from: number): number {
    let at = from;
    for (; ; at++) {
      const code = this.#text.charCodeAt(at);
      if (code !== SPACE && !(this.#mayBreak && (code === NEWLINE || code === TAB))) return at;
    }
  }

  #scalar(start: number, slot: Slot): ScalarValue {
    const text = this.#text;
    const first = text.charCodeAt(start);
    if (isQuote(first)) return scalarValue(quotedScalar(text, start), slot);
    if (INDICATORS.has(first) || first === COLON || first === QUESTION_MARK) throw NOT_PLAIN;
    const end = this.#plainEnd(start);
    if (end === start || (first === DASH && end === start + 1)) throw NOT_PLAIN;
    return scalarValue({ start, end, decoded: text.slice(start, end), style: 'plain' }, slot);
  }

  #plainEnd(start: number): number {
    const text = this.#text;
    let end = start;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET) return end;
      if ((code === COLON && this.#endsKey(at + 1)) || (code === NEWLINE && end > start)) return end;
      if (code === NEWLINE || code === TAB || code === OPEN_BRACE || code === OPEN_BRACKET) break;
      if (code === HASH && text.charCodeAt(at - 1) === SPACE) break;
      if (code !== SPACE) end = at + 1;
    }
    throw NOT_PLAIN;
  }

  #endsKey(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    const isBracket =
      code === CLOSE_BRACE || code === CLOSE_BRACKET || code === OPEN_BRACE || code === OPEN_BRACKET;
    return isBracket || code === COMMA || isBlankAt(this.#text, at);
  }
}
