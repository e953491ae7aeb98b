import type { OffsetRange } from '../../syntax/ranges.ts';
import { pathSegments, toGoValue, type YamlPath, type YamlTracer } from '../encoding/yaml/decode.ts';
import { YamlError } from '../encoding/yaml/error.ts';
import type { YamlNode } from '../encoding/yaml/nodes.ts';
import { readYaml } from '../encoding/yaml/reader.ts';
import { joinTraces, type Origin, type Trace } from '../trace/origin.ts';
import { Dict, type GoValue } from '../value/value.ts';

/** A values file: its path, as findings will name it, and its text. */
export interface ValuesFile {
  readonly file: string;
  readonly text: string;
}

/** Why a values file cannot be used. */
export class ValuesError extends Error {
  readonly range: OffsetRange | undefined;
  /** The file, where it is not the one that is being read. */
  readonly file: string | undefined;

  constructor(message: string, range?: OffsetRange, file?: string) {
    super(message);
    this.range = range;
    this.file = file;
  }
}

/**
 * Reads the values of a file. Several documents are merged, later ones over earlier ones.
 *
 * @throws ValuesError
 */
export function loadValues({ file, text }: ValuesFile): Dict {
  let values = emptyValues(file);
  for (const piece of documentsOf(text)) {
    values = mergeMaps(values, documentValues(file, text, piece) ?? emptyValues(file));
  }
  return values;
}

function emptyValues(file: string): Dict {
  return new Dict(new Map(), 'map[string]interface {}', [
    { kind: 'value', file, range: { start: 0, end: 0 }, path: [] },
  ]);
}

/** The documents of a text: they are parted by lines of `---`, which may carry a comment. */
function documentsOf(text: string): OffsetRange[] {
  const documents: OffsetRange[] = [];
  let start = 0;
  const separator = /^---[ \t]*(?:#.*)?\r?$/gm;
  for (const match of text.matchAll(separator)) {
    if (match.index > start) documents.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  documents.push({ start, end: text.length });
  return documents;
}

function documentValues(file: string, text: string, piece: OffsetRange): Dict | undefined {
  const source = text.slice(piece.start, piece.end);
  const unmarshal = 'cannot unmarshal yaml document';
  let value: GoValue | undefined;
  try {
    const root = readYaml(source);
    value = root === undefined ? undefined : toGoValue(root, new FileTracer(file, piece.start));
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const start = piece.start + error.offset;
    const range = { start, end: Math.min(start + 1, text.length) };
    throw new ValuesError(`${unmarshal}: error converting YAML to JSON: ${error.message}`, range);
  }
  if (value === undefined || value.kind === 'nil') return undefined;
  if (value.kind === 'map') return value;
  const kind = value.kind === 'list' ? 'array' : value.kind === 'float' ? 'number' : value.kind;
  throw new ValuesError(
    `${unmarshal}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`,
    piece,
  );
}

/** Origins in a values file. */
class FileTracer implements YamlTracer {
  readonly #file: string;
  readonly #offset: number;

  constructor(file: string, offset: number) {
    this.#file = file;
    this.#offset = offset;
  }

  trace(node: YamlNode, key: OffsetRange | undefined, path: YamlPath): Trace {
    return [new ValueOrigin(this.#file, this.#offset, node, key, path)];
  }
}

/** The origin of a value; there are many of them, and few are ever asked for their path. */
export class ValueOrigin implements Origin {
  readonly kind = 'value';
  readonly file: string;
  #range: OffsetRange;
  #key: OffsetRange | undefined;
  #path: YamlPath;
  #offset: number;

  constructor(file: string, offset: number, node: OffsetRange, key: OffsetRange | undefined, path: YamlPath) {
    this.file = file;
    this.#offset = offset;
    this.#range = { start: node.start + offset, end: node.end + offset };
    this.#key = key;
    this.#path = path;
  }

  get range(): OffsetRange {
    return this.#range;
  }

  /** Says from now on that the value is where another says: what was edited before it has moved it. */
  moveTo(other: ValueOrigin): void {
    this.#range = other.#range;
    this.#key = other.#key;
    this.#path = other.#path;
    this.#offset = other.#offset;
  }

  // An alias brings values from elsewhere, so that keys may stand behind them.
  get keyRange(): OffsetRange {
    const key = this.#key ?? { start: this.range.start - this.#offset, end: this.range.start - this.#offset };
    return { start: key.start + this.#offset, end: key.end + this.#offset };
  }

  get path(): readonly (string | number)[] {
    return pathSegments(this.#path);
  }
}

/** loader.MergeMaps: a new map with the values of the second over those of the first. */
export function mergeMaps(base: Dict, over: Dict): Dict {
  const merged = new Dict(new Map(base.entries), base.type, joinTraces(over.trace, base.trace));
  for (const [key, value] of over.entries) {
    const present = merged.entries.get(key);
    const both = value.kind === 'map' && present?.kind === 'map';
    merged.entries.set(key, both ? mergeMaps(present, value) : value);
  }
  return merged;
}
