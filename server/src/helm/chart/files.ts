import { encodeYaml } from '../encoding/yaml/encode.ts';
import { toBase64 } from '../functions/hashes.ts';
import { basePath } from '../functions/urls.ts';
import { encodeUtf8 } from '../go/utf8.ts';
import type { Trace } from '../trace/origin.ts';
import { Str, TextBuilder } from '../trace/text.ts';
import {
  compareStrings,
  Dict,
  type GoValue,
  Int,
  List,
  Native,
  type NativeMethod,
  type NativeType,
} from '../value/value.ts';
import type { ChartFile } from './chart.ts';
import { compileGlob } from './glob.ts';
import { textOf } from './load.ts';

/** The content of a file as bytes, which print as numbers. */
class BytesType implements NativeType {
  readonly typeName = '[]uint8';
  readonly kindName = 'slice';
  readonly #text: () => Str;
  #list: List | undefined;
  #formatted: string | undefined;

  constructor(text: () => Str) {
    this.#text = text;
  }

  format(): string {
    this.#formatted ??= `[${encodeUtf8(this.#text().text).join(' ')}]`;
    return this.#formatted;
  }

  contents(): List {
    if (this.#list === undefined) {
      const { text, trace } = this.#text();
      const items = Array.from(encodeUtf8(text), (byte) => new Int(BigInt(byte), 'uint8', trace));
      this.#list = new List(items, '[]uint8', trace);
    }
    return this.#list;
  }

  bytesText(): Str {
    return this.#text();
  }

  toJson(): GoValue {
    const text = this.#text();
    return new Str(toBase64(encodeUtf8(text.text)), text.trace);
  }
}

/** `.Files`: the files of a chart that Helm does not use itself. */
class FilesType implements NativeType {
  readonly typeName = 'engine.files';
  readonly kindName = 'map';
  readonly #files: ReadonlyMap<string, LazyFile>;

  constructor(files: ReadonlyMap<string, LazyFile>) {
    this.#files = files;
  }

  format(): string {
    return `map[${this.#sorted()
      .map(([name, file]) => `${name}:${file.bytes.native.format()}`)
      .join(' ')}]`;
  }

  #sorted(): [string, LazyFile][] {
    return [...this.#files].sort(([a], [b]) => compareStrings(a, b));
  }

  contents(): Dict {
    const entries = new Map<string, GoValue>(this.#sorted().map(([name, file]) => [name, file.bytes]));
    return new Dict(entries, 'map[string][]uint8', FILES_TRACE);
  }

  method(name: string): NativeMethod | undefined {
    switch (name) {
      case 'Get':
        return { params: ['string'], call: ([path]) => this.#get(path) };
      case 'GetBytes':
        return {
          params: ['string'],
          call: ([path]) => this.#file(path)?.bytes ?? new List([], '[]uint8', FILES_TRACE),
        };
      case 'Glob':
        return { params: ['string'], call: ([pattern]) => this.#glob(pattern) };
      case 'Lines':
        return { params: ['string'], call: ([path]) => this.#lines(path) };
      case 'AsConfig':
        return { params: [], call: () => this.#asYaml((file) => file.text()) };
      case 'AsSecrets':
        return {
          params: [],
          call: () =>
            this.#asYaml((file) => {
              const text = file.text();
              return new Str(toBase64(encodeUtf8(text.text)), file.trace);
            }),
        };
      default:
        return undefined;
    }
  }

  #file(path: GoValue | undefined): LazyFile | undefined {
    return path?.kind === 'string' ? this.#files.get(path.text) : undefined;
  }

  #get(path: GoValue | undefined): Str {
    return this.#file(path)?.text() ?? new Str('', path?.trace ?? FILES_TRACE);
  }

  #glob(pattern: GoValue | undefined): Native {
    const source = pattern?.kind === 'string' ? pattern.text : '';
    const matches = compileGlob(source) ?? (() => true);
    const found = [...this.#files].filter(([name]) => matches(name));
    return new Native(new FilesType(new Map(found)), pattern?.trace ?? FILES_TRACE);
  }

  #lines(path: GoValue | undefined): List {
    const text = this.#get(path);
    const end = text.text.endsWith('\n') ? text.text.length - 1 : text.text.length;
    const lines: Str[] = [];
    for (let start = 0; text.text !== '' && start <= end; ) {
      const next = text.text.indexOf('\n', start);
      const stop = next === -1 || next > end ? end : next;
      lines.push(text.slice(start, stop));
      start = stop + 1;
    }
    return new List(lines, '[]string', text.trace);
  }

  #asYaml(content: (file: LazyFile) => Str): Str {
    const entries = new Map<string, GoValue>();
    for (const [name, file] of this.#sorted()) entries.set(basePath(name), content(file));
    const encoded = encodeYaml(new Dict(entries, 'map[string]string', FILES_TRACE));
    return encoded === undefined ? new Str('', FILES_TRACE) : encoded.slice(0, encoded.text.length - 1);
  }
}

const FILES_TRACE: Trace = [{ kind: 'builtin', file: '.Files', path: [] }];

/** A file whose text and origins are made when a template asks for it. */
class LazyFile {
  readonly bytes: Native;
  readonly #file: ChartFile;
  #text: Str | undefined;

  constructor(file: ChartFile) {
    this.#file = file;
    this.bytes = new Native(new BytesType(() => this.text()), this.trace);
  }

  get trace(): Trace {
    return [{ kind: 'file', file: this.#file.file, path: [] }];
  }

  /** The text; each line knows its place. */
  text(): Str {
    this.#text ??= linesOf(textOf(this.#file.data), this.#file.file);
    return this.#text;
  }
}

function linesOf(text: string, file: string): Str {
  const builder = new TextBuilder();
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next + 1;
    builder.add(text.slice(start, end), [{ kind: 'file', file, range: { start, end }, path: [] }]);
    start = end;
  }
  return builder.build([{ kind: 'file', file, path: [] }]);
}

/** `.Files` of a chart. */
export function filesValue(files: readonly ChartFile[]): Native {
  const entries = files.map((file): [string, LazyFile] => [file.name, new LazyFile(file)]);
  return new Native(new FilesType(new Map(entries)), FILES_TRACE);
}
