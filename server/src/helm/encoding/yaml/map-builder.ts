import { formatShortest } from '../../go/float.ts';
import { quote } from '../../go/quote.ts';
import { YamlError } from './error.ts';
import type { YamlEntry, YamlMap, YamlNode } from './nodes.ts';
import { isMergeKey } from './tagged-scalars.ts';

/** Keys in the way of goyaml.v2 and JSON: merges apply where they stand, keys of other types become text. */
export class MapBuilder {
  readonly #start: number;
  readonly #entries = new Map<string, YamlEntry>();
  readonly #problems: YamlError[];

  constructor(start: number, problems: YamlError[]) {
    this.#start = start;
    this.#problems = problems;
  }

  add(key: YamlNode, value: YamlNode): void {
    if (isMergeKey(key)) {
      this.#merge(value);
      return;
    }
    const text = keyText(key, value);
    if (text instanceof YamlError) this.#problems.push(text);
    else this.#entries.set(text, { keyStart: key.start, keyEnd: key.end, value });
  }

  #merge(value: YamlNode): void {
    const sources = value.kind === 'list' ? value.items.toReversed() : [value];
    for (const source of sources) {
      if (source.kind !== 'map') {
        const message = 'yaml: map merge requires map or sequence of maps as the value';
        this.#problems.push(new YamlError(message, value.start));
        return;
      }
      for (const [key, entry] of source.entries) this.#entries.set(key, entry);
    }
  }

  build(end: number): YamlMap {
    return { kind: 'map', entries: this.#entries, start: this.#start, end };
  }
}

function keyText(key: YamlNode, value: YamlNode): string | YamlError {
  if (key.kind !== 'scalar') {
    return new YamlError(`yaml: invalid map key: ${goSyntax(key)}`, key.start);
  }
  if (key.value === null) {
    const shown = value.kind === 'scalar' && value.value === null ? '<nil>' : goSyntax(value);
    const message = `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${shown}`;
    return new YamlError(message, key.start);
  }
  if (typeof key.value === 'number') {
    return Number.isInteger(key.value) && Math.abs(key.value) < 1e15
      ? String(key.value)
      : formatShortest(key.value);
  }
  return String(key.value);
}

/** A value as Go's `%#v` writes it, for messages. */
function goSyntax(node: YamlNode): string {
  if (node.kind === 'list') return `[]interface {}{${node.items.map(goSyntax).join(', ')}}`;
  if (node.kind === 'map') {
    const entries = [...node.entries].map(([key, { value }]) => `${quote(key)}:${goSyntax(value)}`);
    return `map[interface {}]interface {}{${entries.join(', ')}}`;
  }
  if (node.value === null) return 'interface {}(nil)';
  return typeof node.value === 'string' ? quote(node.value) : String(node.value);
}
