import { decodeUtf8 } from '../helm/go/utf8.ts';
import type { FileContents } from '../helm/index.ts';
import type { Origin, OriginKind, Trace } from '../helm/trace/origin.ts';
import { Str } from '../helm/trace/text.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { Path } from '../syntax/paths.ts';
import { type OffsetRange, shiftRange } from '../syntax/ranges.ts';
import { sourceRanges } from '../syntax/scalar-offsets.ts';
import { ScalarValue, type Value } from '../syntax/values.ts';
import { ListNode, MapNode, type Node, ScalarNode } from './node.ts';
import { BuildError } from './problems.ts';
import { resolvePlain } from './scalars.ts';

/** A text and where it stands. */
export interface SourceText {
  readonly file: string;
  readonly kind: OriginKind;
  readonly text: string;
  /** Where a range of the text stands in the file. */
  readonly placeOf: (range: OffsetRange) => OffsetRange;
  /** Of a text inside of a file: the path of the scalar that holds it. */
  readonly path: Path;
  /** Of a text that was made: where a range of it comes from. */
  readonly traceOf?: (range: OffsetRange) => Trace;
}

/** A document of YAML, as values and as the tree that a build changes. */
export interface SourceDocument {
  readonly source: SourceText;
  /** Offset of the document in its source. */
  readonly start: number;
  readonly text: string;
  readonly value: Value;
  readonly root: Node;
}

/** Values nested deeper than this cannot be built. */
const MAX_DEPTH = 200;

export function fileText(file: string, text: string, kind: OriginKind): SourceText {
  return { file, kind, text, placeOf: (range) => range, path: [] };
}

/** The text of a file, without its byte order mark. */
export function contentsText(contents: FileContents): string {
  const text = typeof contents === 'string' ? contents : decodeUtf8(contents);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** The text that a scalar of a document holds, such as an inline patch. */
export function inlineText(scalar: ScalarValue, document: SourceDocument, kind: OriginKind): SourceText {
  const { source, start, text } = document;
  const rangeIn = sourceRanges(scalar, text);
  return {
    file: source.file,
    kind,
    text: scalar.decoded,
    placeOf: (range) => source.placeOf(shiftRange(rangeIn(range), start)),
    path: scalar.path,
  };
}

/**
 * Reads the documents of a text; empty ones are left out.
 *
 * @param textOf what is read of a document: all of it, or its start
 * @throws {BuildError} when it is no YAML
 */
export function documentsOf(
  source: SourceText,
  textOf: (document: string) => string = (text) => text,
): SourceDocument[] {
  return splitDocuments(source.text).flatMap(({ document, start }) => {
    const text = textOf(document.text);
    const { root: value, problems } = parseDocument(text);
    const problem = problems.find(({ kind }) => kind !== 'duplicate-key');
    if (problem !== undefined) {
      const range = source.placeOf(shiftRange(problem.range, start));
      const at: Origin = { kind: source.kind, file: source.file, range, path: source.path };
      throw new BuildError('unreadable', `This is no YAML that can be read: ${problem.message}`, [at]);
    }
    if (value === undefined) return [];
    const root = new NodeReader(source, start, text).read(value);
    if (root instanceof MapNode && text !== document.text)
      root.whole = () => wholeOf(source, start, document.text) ?? root;
    return [{ source, start, text, value, root }];
  });
}

function wholeOf(source: SourceText, start: number, text: string): MapNode | undefined {
  const { root: value } = parseDocument(text);
  const root = value && new NodeReader(source, start, text).read(value);
  return root instanceof MapNode ? root : undefined;
}

/** The head of the definition of a custom resource, whose schemas can be as long as everything else together; other documents as they are. */
export function headOfDefinition(text: string): string {
  if (!/^kind:[ \t]*CustomResourceDefinition[ \t]*\r?$/m.test(text)) return text;
  const spec = /^spec:/m.exec(text)?.index ?? text.length;
  const head = text.slice(0, spec);
  return /^kind:/m.test(head) && /^metadata:/m.test(head) && /^apiVersion:/m.test(head) ? head : text;
}

class NodeReader {
  readonly #source: SourceText;
  readonly #start: number;
  readonly #text: string;

  constructor(source: SourceText, start: number, text: string) {
    this.#source = source;
    this.#start = start;
    this.#text = text;
  }

  read(value: Value, key?: ScalarValue, depth = 0): Node {
    const trace = this.#traceOf(value, key);
    if (depth > MAX_DEPTH) throw new BuildError('limit', 'This is nested too deeply to be built.', trace);
    if (value instanceof ScalarValue) return scalarNode(value, this.#text, trace);
    if (value.kind === 'list')
      return new ListNode(
        value.items.map((item) => this.read(item, undefined, depth + 1)),
        trace,
      );
    const map = new MapNode(trace);
    for (const entry of value.entries) {
      map.set(entry.key, this.read(entry.value, entry.keyValue, depth + 1));
    }
    return map;
  }

  #traceOf(value: Value, key: ScalarValue | undefined): Trace {
    const { file, kind, path, traceOf } = this.#source;
    if (traceOf !== undefined) return traceOf(shiftRange(value.range, this.#start));
    const origin: Origin = { kind, file, range: this.#place(value.range), path: [...path, ...value.path] };
    return [key === undefined ? origin : { ...origin, keyRange: this.#place(key.range) }];
  }

  #place(range: OffsetRange): OffsetRange {
    return this.#source.placeOf(shiftRange(range, this.#start));
  }
}

function scalarNode(value: ScalarValue, text: string, trace: Trace): ScalarNode {
  const isQuoted = value.style !== 'plain';
  const data = resolvePlain(value.decoded);
  const isString = isQuoted || (data.type === 'string' && data.text === value.decoded);
  const style = value.style === 'folded' ? 'folded' : isQuoted ? 'quoted' : 'plain';
  return new ScalarNode(new Str(decodedOf(value, text), trace), isString, style);
}

/** To libyaml, a block scalar at the end of a text without a final line end has none either. */
function decodedOf({ decoded, style, range }: ScalarValue, text: string): string {
  const isBlock = style === 'literal' || style === 'folded';
  const isCut = isBlock && range.end >= text.length && !text.endsWith('\n') && decoded.endsWith('\n');
  return isCut ? decoded.slice(0, -1) : decoded;
}
