import { RE2JS } from 're2js';
import type { Dict, GoValue } from '../../value/value.ts';

/** The drafts of JSON Schema that differ in what keywords mean. */
export type Draft = 4 | 6 | 7 | 2019 | 2020;

/** A JSON schema with what its references point to. Nothing is fetched: what stands elsewhere lets everything pass. */
export class SchemaDocument {
  readonly root: GoValue;
  readonly draft: Draft;
  /** Parts that have a name of their own: by `$id`, and by anchor. */
  readonly #named = new Map<string, GoValue>();
  /** References inside of the document that lead nowhere. */
  readonly #references: string[] = [];
  readonly #patterns = new Map<string, ((text: string) => boolean) | undefined>();

  constructor(root: GoValue) {
    this.root = root;
    this.draft = root.kind === 'map' ? draftOf(textAt(root, '$schema') ?? '') : 2020;
    this.#index(root, 0);
  }

  #index(part: GoValue, depth: number): void {
    if (depth > MAX_DEPTH) return;
    if (part.kind === 'list') for (const item of part.items) this.#index(item, depth + 1);
    if (part.kind !== 'map') return;
    for (const [keyword, prefix] of NAMES) {
      const name = textAt(part, keyword);
      if (name !== undefined) this.#named.set(prefix + name.replace(/#$/, ''), part);
    }
    const reference = textAt(part, '$ref');
    if (reference?.startsWith('#/')) this.#references.push(reference);
    for (const child of part.entries.values()) this.#index(child, depth + 1);
  }

  /** A reference of the document to itself that finds nothing. */
  get danglingReference(): string | undefined {
    return this.#references.find((reference) => this.resolve(reference) === undefined);
  }

  /** What `$ref` names; undefined for what is not in the document. */
  resolve(reference: string): GoValue | undefined {
    if (reference === '#' || reference === '') return this.root;
    const known = this.#named.get(reference.replace(/#$/, ''));
    if (known !== undefined) return known;
    const [base = '', fragment = ''] = reference.split('#', 2);
    const start = base === '' ? this.root : this.#named.get(base);
    if (start === undefined) return undefined;
    return fragment.startsWith('/') ? partAt(start, fragment) : undefined;
  }

  /** A test for a pattern; undefined when it is none. Patterns run in linear time. */
  pattern(source: string): ((text: string) => boolean) | undefined {
    if (!this.#patterns.has(source)) this.#patterns.set(source, compilePattern(source));
    return this.#patterns.get(source);
  }
}

const MAX_DEPTH = 200;

const NAMES: readonly (readonly [string, string])[] = [
  ['$id', ''],
  ['id', ''],
  ['$anchor', '#'],
  ['$dynamicAnchor', '#'],
];

function compilePattern(source: string): ((text: string) => boolean) | undefined {
  try {
    const re = RE2JS.compile(source);
    return (text) => re.matcher(text).find();
  } catch {
    return undefined;
  }
}

function draftOf(uri: string): Draft {
  const found = /^https?:\/\/json-schema\.org\/draft-0([467])\/schema#?$/.exec(uri)?.[1];
  if (found !== undefined) return Number(found) as Draft;
  return uri.includes('/draft/2019-09/') ? 2019 : 2020;
}

function partAt(start: GoValue, pointer: string): GoValue | undefined {
  let current: GoValue | undefined = start;
  for (const part of pointer.split('/').slice(1)) {
    const key = decode(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (current?.kind === 'map') current = current.entries.get(key);
    else current = current?.kind === 'list' ? current.items[Number(key)] : undefined;
  }
  return current;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function textAt(map: Dict, key: string): string | undefined {
  const value = map.entries.get(key);
  return value?.kind === 'string' ? value.text : undefined;
}

export function numberAt(map: Dict, key: string): number | undefined {
  const value = map.entries.get(key);
  return value?.kind === 'float' || value?.kind === 'int' ? Number(value.value) : undefined;
}

export function mapAt(map: Dict, key: string): Dict | undefined {
  const value = map.entries.get(key);
  return value?.kind === 'map' ? value : undefined;
}

/** The items of a list of schemas or texts; empty when there is none. */
export function itemsAt(map: Dict, key: string): readonly GoValue[] {
  const value = map.entries.get(key);
  return value?.kind === 'list' ? value.items : [];
}

export function textsAt(map: Dict, key: string): string[] {
  return itemsAt(map, key).flatMap((item) => (item.kind === 'string' ? item.text : []));
}
