/**
 * Finds the head of a manifest without reading all of it as YAML, which would be a third of the work of a rendering. Most rendered
 * manifests are plain block style; those are checked line by line. Whatever is out of the ordinary is left to the full reader, also
 * everything that might be a mistake.
 */

export interface ManifestHead {
  readonly kind: string;
  /** The text of the `helm.sh/hook` annotation. */
  readonly hook: string | undefined;
}

/** White space and characters that mean something special to YAML, or nothing. */
const UNUSUAL = /[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const KEY =
  /(?:([A-Za-z0-9_][A-Za-z0-9_./-]{0,200})|"([A-Za-z0-9_./-]{1,200})"|'([A-Za-z0-9_./-]{1,200})'):(?: +|$)/my;
const NULL_KEY = /^(?:null|Null|NULL)$/;
const COMMENT = / +#.*$/;
const BLOCK_SCALAR = /^[|>][+-]?$/;
const DOUBLE_QUOTED = /^"(?:[^"\\]|\\["\\/abefnrtv0 ])*"$/;
const SINGLE_QUOTED = /^'(?:[^']|'')*'$/;
/** Simple words, numbers and quoted text, as they may stand inside of brackets. */
const ITEM = '(?:"[^"\\\\]*"|[A-Za-z0-9_/][A-Za-z0-9_./-]*)';
const PAIR = `(?:[A-Za-z_][A-Za-z0-9_./-]*: ${ITEM})`;
/** Empty collections, and collections of such items on one line. */
const FLOW = new RegExp(`^(?:\\{\\}|\\[\\]|\\[${ITEM}(?:, ?${ITEM})*\\]|\\{ ?${PAIR}(?:, ${PAIR})* ?\\})$`);
/** A null as a key in braces is an error. */
const FLOW_NULL_KEY = /[{ ](?:null|Null|NULL): /;
const PLAIN_START = /^[A-Za-z0-9_/$(+=^\\]|^-[^ .]/;
const WORD = /^[A-Za-z][A-Za-z0-9]*$/;
const OTHER_TYPES = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

interface Level {
  readonly indent: number;
  readonly isList: boolean;
}

type LineValue = 'none' | 'block' | 'text' | 'unusual';

/** The head of a manifest in plain block style; undefined for anything else. */
export function scanManifestHead(text: string): ManifestHead | undefined {
  return UNUSUAL.test(text) ? undefined : new HeadScanner(text).scan();
}

class HeadScanner {
  readonly #text: string;
  #offset = 0;
  readonly #levels: Level[] = [];
  /** Whether the key or dash before has no value yet, so that the next line may be its content. */
  #isOpen = false;
  /** The keys of the levels that the head is made of: root, metadata, annotations. */
  #rootKey = '';
  #metadataKey = '';
  #kind = '';
  #hook: string | undefined;
  #hasMetadata = false;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): ManifestHead | undefined {
    while (this.#offset < this.#text.length) if (!this.#line()) return undefined;
    return this.#levels.length === 0 ? undefined : { kind: this.#kind, hook: this.#hook };
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#offset);
    return end === -1 ? this.#text.length : end;
  }

  /** Reads a line; false when it is out of the ordinary. */
  #line(): boolean {
    const text = this.#text;
    const end = this.#lineEnd();
    let at = this.#offset;
    while (text[at] === ' ') at++;
    const first = text[at];
    if (at >= end || first === '#') {
      this.#offset = end + 1;
      return true;
    }
    const start = this.#offset;
    this.#offset = end + 1;
    let isFirst = true;
    // Dashes, each of which opens or continues a list.
    while (text[at] === '-' && (text[at + 1] === ' ' || at + 1 === end)) {
      if (!this.#enter(at - start, true, isFirst)) return false;
      isFirst = false;
      this.#isOpen = true;
      at++;
      while (at < end && text[at] === ' ') at++;
    }
    if (at >= end) return true;
    return this.#content(start, at, end, isFirst);
  }

  /** What stands behind the dashes: a key with its value, or the text of a list item. */
  #content(start: number, at: number, end: number, isFirst: boolean): boolean {
    KEY.lastIndex = at;
    const match = KEY.exec(this.#text);
    const key = match?.[1] ?? match?.[2] ?? match?.[3];
    if (match === null || key === undefined || at + match[0].length > end + 1) {
      if (isFirst) return false;
      const kind = this.#value(this.#text.slice(at, end), this.#levels.at(-1)?.indent ?? 0);
      this.#isOpen = false;
      return kind === 'text' || kind === 'block';
    }
    if (match[1] !== undefined && NULL_KEY.test(key)) return false;
    if (!this.#enter(at - start, false, isFirst)) return false;
    const source = this.#text
      .slice(Math.min(at + match[0].length, end), end)
      .replace(COMMENT, '')
      .trimEnd();
    const kind = source.startsWith('#') ? 'none' : this.#value(source, at - start);
    this.#isOpen = kind === 'none';
    return kind !== 'unusual' && this.#note(key, kind, source);
  }

  /** Comes to a collection at a column: a new one, or one that is already open. */
  #enter(column: number, isList: boolean, isFirst: boolean): boolean {
    if (!isFirst) {
      this.#levels.push({ indent: column, isList });
      return true;
    }
    while ((this.#levels.at(-1)?.indent ?? -1) > column) {
      this.#levels.pop();
      this.#isOpen = false;
    }
    const top = this.#levels.at(-1);
    if (top === undefined) {
      // The document itself: a map, at the left.
      if (isList || column !== 0 || this.#rootKey !== '') return false;
      this.#levels.push({ indent: 0, isList });
      return true;
    }
    if (isList && this.#isHeadMap) return false;
    if (top.indent < column) {
      if (!this.#isOpen) return false;
      this.#levels.push({ indent: column, isList });
      return true;
    }
    if (top.isList === isList) return true;
    if (isList) {
      // A list may stand right below its key.
      if (!this.#isOpen) return false;
      this.#levels.push({ indent: column, isList });
      return true;
    }
    // Behind such a list its map goes on.
    this.#levels.pop();
    this.#isOpen = false;
    const below = this.#levels.at(-1);
    return below !== undefined && below.indent === column && !below.isList;
  }

  /** Whether the key at hand must hold a map: `metadata` or its `annotations`. */
  get #isHeadMap(): boolean {
    if (!this.#isOpen || this.#rootKey !== 'metadata') return false;
    return this.#levels.length === 1 || (this.#levels.length === 2 && this.#metadataKey === 'annotations');
  }

  #value(source: string, indent: number): LineValue {
    if (source === '') return 'none';
    if (BLOCK_SCALAR.test(source)) return this.#skipBlockScalar(indent) ? 'block' : 'unusual';
    if (source[0] === '"') return DOUBLE_QUOTED.test(source) ? 'text' : 'unusual';
    if (source[0] === "'") return SINGLE_QUOTED.test(source) ? 'text' : 'unusual';
    if (source[0] === '{' || source[0] === '[') {
      return FLOW.test(source) && !FLOW_NULL_KEY.test(source) ? 'text' : 'unusual';
    }
    const isPlain =
      PLAIN_START.test(source) && !source.includes(': ') && !source.includes(' #') && !source.endsWith(':');
    // What stands below deeper would go on with the text; `#line` refuses it, since nothing is open.
    return isPlain && !/^[+-]?\./.test(source) ? 'text' : 'unusual';
  }

  /** Skips the lines of a block scalar whose parent stands at an indent. */
  #skipBlockScalar(parent: number): boolean {
    const text = this.#text;
    let indent = -1;
    while (this.#offset < text.length) {
      const end = this.#lineEnd();
      let at = this.#offset;
      while (text[at] === ' ') at++;
      if (at >= end) {
        // Spaces in an empty line before the text would count as its indentation.
        if (indent === -1 && at > this.#offset) return false;
      } else {
        const column = at - this.#offset;
        if (column <= parent) return true;
        if (indent === -1) indent = column;
        else if (column < indent) return false;
      }
      this.#offset = end + 1;
    }
    return true;
  }

  /** Keeps what the head needs; false when it is not simply there. */
  #note(key: string, kind: LineValue, source: string): boolean {
    const depth = this.#levels.length;
    if (depth === 1) return this.#noteRoot(key, kind, source);
    if (this.#rootKey !== 'metadata') return true;
    if (depth === 2) {
      this.#metadataKey = key;
      if (key === 'name') return kind === 'text' && !source.startsWith('[') && !source.startsWith('{');
      if (key === 'annotations') return kind === 'none' || source === '{}';
      return !/^(?:name|annotations)$/i.test(key);
    }
    if (depth !== 3 || this.#metadataKey !== 'annotations') return true;
    // Each annotation is a text of its own.
    if ((kind !== 'text' && kind !== 'block') || /^[[{]/.test(source)) return false;
    if (key !== 'helm.sh/hook') return true;
    this.#hook = /^["']/.test(source) ? source.slice(1, -1) : source;
    return kind === 'text' && !this.#hook.includes('\\');
  }

  #noteRoot(key: string, kind: LineValue, source: string): boolean {
    this.#rootKey = key;
    this.#metadataKey = '';
    if (key === 'kind') {
      const text = /^(["'])(.*)\1$/.exec(source)?.[2] ?? source;
      this.#kind = text;
      return WORD.test(text) && !OTHER_TYPES.test(text);
    }
    if (key === 'apiVersion') return kind === 'text' && !/^[[{]/.test(source);
    if (key !== 'metadata') return !/^(?:kind|apiversion|metadata)$/i.test(key);
    if (this.#hasMetadata) return false;
    this.#hasMetadata = true;
    return kind === 'none' || source === '{}';
  }
}
