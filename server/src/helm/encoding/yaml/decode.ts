import type { Trace } from '../../trace/origin.ts';
import { Str } from '../../trace/text.ts';
import { Bool, Dict, Float, type GoValue, List, Nil } from '../../value/value.ts';
import { YamlError } from './error.ts';
import type { YamlNode } from './nodes.ts';
import { readYaml } from './reader.ts';

/** Tells where a value of a YAML text came from. */
export interface YamlTracer {
  /** The origins of a value; `key` is the entry that holds it. */
  trace(node: YamlNode, key: { start: number; end: number } | undefined, path: YamlPath): Trace;
  /** The origins of a key, where they are not those of its value. */
  keyTrace?(key: { start: number; end: number }): Trace;
}

/** Keys and indexes, innermost first: a linked list, since most values never ask for their path. */
export interface YamlPath {
  readonly segment: string | number;
  readonly parent: YamlPath | undefined;
}

const ROOT: YamlPath = { segment: '', parent: undefined };

/** The path of a value, outermost first. */
export function pathSegments(path: YamlPath): (string | number)[] {
  const segments: (string | number)[] = [];
  for (let at: YamlPath = path; at.parent !== undefined; at = at.parent) segments.push(at.segment);
  return segments.reverse();
}

/** A tree of YAML as values of the template language: all numbers are float64. */
export function toGoValue(node: YamlNode, tracer: YamlTracer): GoValue {
  return convert(node, undefined, ROOT, tracer);
}

function convert(
  node: YamlNode,
  key: { start: number; end: number } | undefined,
  path: YamlPath,
  tracer: YamlTracer,
): GoValue {
  const trace = tracer.trace(node, key, path);
  switch (node.kind) {
    case 'scalar':
      return scalarValue(node.value, trace);
    case 'list': {
      const items = node.items.map((item, index) =>
        convert(item, undefined, { segment: index, parent: path }, tracer),
      );
      return new List(items, '[]interface {}', trace);
    }
    case 'map': {
      const entries = new Map<string, GoValue>();
      const dict = new Dict(entries, 'map[string]interface {}', trace);
      for (const [name, { keyStart, keyEnd, value }] of node.entries) {
        const place = { segment: name, parent: path };
        const range = { start: keyStart, end: keyEnd };
        entries.set(name, convert(value, range, place, tracer));
        const keyTrace = tracer.keyTrace?.(range);
        if (keyTrace !== undefined) {
          dict.keyTraces ??= new Map();
          dict.keyTraces.set(name, keyTrace);
        }
      }
      return dict;
    }
  }
}

function scalarValue(value: string | number | boolean | null, trace: Trace): GoValue {
  switch (typeof value) {
    case 'string':
      return new Str(value, trace);
    case 'number':
      if (Number.isFinite(value)) return new Float(value === 0 ? 0 : value, trace);
      throw new YamlError(`json: unsupported value: ${value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN'}`, 0);
    case 'boolean':
      return new Bool(value, trace);
    default:
      return new Nil(trace);
  }
}

/** Reads YAML that a template made: each value keeps the origins of its text. */
export function decodeTracedYaml(source: Str): GoValue | undefined {
  const root = readYaml(source.text);
  return root === undefined ? undefined : toGoValue(root, new TextTracer(source));
}

class TextTracer implements YamlTracer {
  readonly #source: Str;

  constructor(source: Str) {
    this.#source = source;
  }

  trace(node: YamlNode, key: { start: number; end: number } | undefined): Trace {
    if (this.#source.spans === undefined) return this.#source.trace;
    // A value without text is where its key is. Of a collection only the beginning counts: its values have origins of their own.
    if (node.start === node.end && key !== undefined) return this.keyTrace(key);
    return this.#source.traceOf(node.start, node.kind === 'scalar' ? node.end : node.start + 1);
  }

  keyTrace(key: { start: number; end: number }): Trace {
    return this.#source.traceOf(key.start, key.end);
  }
}
