import { toBase64 } from '../helm/functions/hashes.ts';
import { decodeUtf8, encodeUtf8 } from '../helm/go/utf8.ts';
import type { FileContents } from '../helm/index.ts';
import type { Origin, Trace } from '../helm/trace/origin.ts';
import { Str } from '../helm/trace/text.ts';
import { MapNode, type Node, plainNode, ScalarNode, stringNode, textOf } from './node.ts';
import { BuildError } from './problems.ts';
import { BuildResource } from './resource.ts';

/** Reads a file that is named relative to the kustomization; undefined when there is none. */
export type ReadContents = (path: string) => { file: string; contents: FileContents } | undefined;

export type GeneratedKind = 'ConfigMap' | 'Secret';

interface Pair {
  readonly key: string;
  readonly value: FileContents;
  readonly trace: Trace;
}

/**
 * Makes the ConfigMap or Secret of one entry of a generator.
 *
 * @param global `generatorOptions` of the kustomization
 * @throws {BuildError} when something that it names is missing
 */
export function generate(
  kind: GeneratedKind,
  args: MapNode,
  global: Node | undefined,
  file: string,
  read: ReadContents,
): BuildResource {
  const root = baseOf(kind, args);
  const options = new GeneratorOptions(args.get('options'), global);
  if (kind === 'Secret') {
    const type = args.get('type');
    root.set('type', stringNode(textOf(type) ?? 'Opaque', type?.trace ?? args.trace));
  }
  fillData(root, kind, pairsOf(args, read), args.trace);
  options.applyTo(root, args.trace);
  const resource = new BuildResource(root, file, `${kind}Generator`);
  resource.needsHash = !options.is('disableNameSuffixHash');
  const behavior = textOf(args.get('behavior'));
  if (behavior === 'merge' || behavior === 'replace') resource.behavior = behavior;
  return resource;
}

function baseOf(kind: GeneratedKind, args: MapNode): MapNode {
  const name = args.get('name');
  if (name === undefined || !textOf(name))
    throw new BuildError('invalid', `A generator of a ${kind} needs a name.`, args.trace);
  const root = new MapNode(args.trace);
  root.set('apiVersion', stringNode('v1', args.trace));
  root.set('kind', stringNode(kind, args.trace));
  const metadata = new MapNode(args.trace);
  metadata.set('name', plainNode(textOf(name) ?? '', name.trace));
  const namespace = args.get('namespace');
  if (namespace !== undefined && textOf(namespace))
    metadata.set('namespace', plainNode(textOf(namespace) ?? '', namespace.trace));
  root.set('metadata', metadata);
  return root;
}

/** Options of one generator and of the whole kustomization: a switch of either counts, and the generator's own labels win. */
class GeneratorOptions {
  readonly #own: Node | undefined;
  readonly #global: Node | undefined;

  constructor(own: Node | undefined, global: Node | undefined) {
    this.#own = own;
    this.#global = global;
  }

  is(option: string): boolean {
    return [this.#own, this.#global].some(
      (options) => options?.kind === 'map' && textOf(options.get(option)) === 'true',
    );
  }

  applyTo(root: MapNode, trace: Trace): void {
    const metadata = root.get('metadata');
    for (const field of ['labels', 'annotations']) {
      const entries = this.#entries(field);
      if (entries.size === 0 || metadata?.kind !== 'map') continue;
      const map = new MapNode(trace);
      for (const [key, value] of entries) map.set(key, stringNode(value.text.text, value.trace));
      metadata.set(field, map);
    }
    if (this.is('immutable')) root.set('immutable', plainNode('true', trace));
  }

  #entries(field: string): Map<string, ScalarNode> {
    const entries = new Map<string, ScalarNode>();
    for (const options of [this.#global, this.#own]) {
      const map = options?.kind === 'map' ? options.get(field) : undefined;
      if (map?.kind !== 'map') continue;
      for (const [key, value] of map.entries) if (value.kind === 'scalar') entries.set(key, value);
    }
    return entries;
  }
}

function fillData(root: MapNode, kind: GeneratedKind, pairs: readonly Pair[], trace: Trace): void {
  if (kind === 'Secret') root.set('data', new MapNode(trace));
  for (const { key, value, trace: own } of [...pairs].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const isBinary = kind === 'Secret' || typeof value !== 'string';
    const field = kind === 'ConfigMap' && typeof value !== 'string' ? 'binaryData' : 'data';
    let map = root.get(field);
    if (map?.kind !== 'map') {
      map = new MapNode(trace);
      root.set(field, map);
    }
    if (map.entries.has(key))
      throw new BuildError('invalid', `The generator has the key "${key}" twice.`, own);
    const text = isBinary ? base64Lines(value) : (value as string);
    map.set(key, new ScalarNode(new Str(text, own), true, text.includes('\n') ? 'quoted' : 'plain'), own);
  }
}

const LINE_LENGTH = 70;

/** Base64, in lines where it is long. */
function base64Lines(value: FileContents): string {
  const encoded = toBase64(typeof value === 'string' ? encodeUtf8(value) : value);
  if (encoded.length < LINE_LENGTH) return encoded;
  return encoded.replaceAll(/.{1,70}/g, '$&\n');
}

function pairsOf(args: MapNode, read: ReadContents): Pair[] {
  const envs = [...scalarsIn(args.get('envs')), ...scalarsIn(args.get('env'))];
  return [
    ...envs.flatMap((env) => envPairs(env, read)),
    ...scalarsIn(args.get('literals')).map(literalPair),
    ...scalarsIn(args.get('files')).map((file) => filePair(file, read)),
  ];
}

function scalarsIn(node: Node | undefined): ScalarNode[] {
  const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) => (item.kind === 'scalar' && !item.isNull ? [item] : []));
}

function contentsOf(path: string, { trace }: ScalarNode, read: ReadContents) {
  const found = read(path);
  if (found === undefined) throw new BuildError('missing-input', `There is no file "${path}".`, trace);
  return found;
}

function literalPair(literal: ScalarNode): Pair {
  const { text } = literal.text;
  const equals = text.indexOf('=');
  if (equals < 1) throw new BuildError('invalid', 'A literal has the form key=value.', literal.trace);
  return { key: text.slice(0, equals), value: withoutQuotes(text.slice(equals + 1)), trace: literal.trace };
}

function withoutQuotes(text: string): string {
  const isQuoted = text.length > 1 && text.at(-1) === text[0] && (text[0] === '"' || text[0] === "'");
  return isQuoted ? text.slice(1, -1) : text;
}

function filePair(source: ScalarNode, read: ReadContents): Pair {
  const { text } = source.text;
  const [first = '', second, ...more] = text.split('=');
  if (more.length > 0 || second === '' || (second !== undefined && first === ''))
    throw new BuildError('invalid', 'A file has the form path or key=path.', source.trace);
  const path = second ?? first;
  const { file, contents } = contentsOf(path, source, read);
  const key = second === undefined ? path.slice(path.lastIndexOf('/') + 1) : first;
  const end = typeof contents === 'string' ? contents.length : 0;
  return { key, value: contents, trace: [fileOrigin(file, 0, end), ...source.trace] };
}

function fileOrigin(file: string, start: number, end: number): Origin {
  return { kind: 'file', file, range: { start, end }, path: [] };
}

/** Lines of the form `KEY=value`; empty ones and comments are left out. */
function envPairs(source: ScalarNode, read: ReadContents): Pair[] {
  const { file, contents } = contentsOf(source.text.text, source, read);
  const text = typeof contents === 'string' ? contents : decodeUtf8(contents);
  const pairs: Pair[] = [];
  let start = 0;
  for (const whole of text.split('\n')) {
    const line = whole.replace(/\r$/, '').trimStart();
    const trace = [fileOrigin(file, start, start + whole.length), ...source.trace];
    start += whole.length + 1;
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const [key, value] = equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
    pairs.push({ key, value, trace });
  }
  return pairs;
}
