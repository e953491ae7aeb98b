import type { DocumentationFile, IndexFile, JsonSchema, SchemaFile } from './json-schema.ts';
import { removalOf } from './removed-apis.ts';

/** Text of a generated file by its name, such as `kubernetes.json`; undefined when there is none, or not yet. */
export type SchemaLoader = (name: string) => string | undefined;

/** A schema together with the family whose definitions its references mean. */
export interface Located {
  readonly family: string;
  readonly schema: JsonSchema;
  /** The definition that this is, when it is one. */
  readonly def?: string;
}

export interface LocatedKind extends Located {
  readonly namespaced: boolean | undefined;
  readonly nameless: boolean;
}

const REFERENCE = /^(?:([\w-]+)\.json)?#\/\$defs\/(.+)$/;

/** The generated files, each read when first needed and kept. */
export class SchemaStore {
  readonly #load: SchemaLoader;
  readonly #files = new Map<string, unknown>();
  readonly #references = new Map<string, Located>();

  constructor(load: SchemaLoader) {
    this.#load = load;
  }

  /** The kind, or the one that replaced it under another API version without a change of shape. */
  kind(apiVersion: string, kind: string): LocatedKind | undefined {
    const found = this.#indexed(apiVersion, kind);
    if (found) return found;
    const removal = removalOf(apiVersion, kind);
    if (!removal?.sameShape || removal.successor === undefined) return undefined;
    return this.#indexed(removal.successor, kind);
  }

  #indexed(apiVersion: string, kind: string): LocatedKind | undefined {
    for (const [family, versions] of Object.entries(this.#index.families)) {
      const kinds = own(versions, apiVersion);
      const entry = kinds && own(kinds, kind);
      if (!entry) continue;
      const schema = this.#definition(family, entry.def);
      const { def, namespaced, nameless = false } = entry;
      return schema && { family, schema, def, namespaced, nameless };
    }
    return undefined;
  }

  /** All API versions and kinds. */
  *kinds(): Iterable<{ apiVersion: string; kind: string }> {
    for (const versions of Object.values(this.#index.families)) {
      for (const [apiVersion, kinds] of Object.entries(versions)) {
        for (const kind of Object.keys(kinds)) yield { apiVersion, kind };
      }
    }
  }

  /** The kinds of a family, by API version and name. */
  versionsOf(family: string): IndexFile['families'][string] {
    return own(this.#index.families, family) ?? {};
  }

  /** Whether a family lists every field there is, so that any other is wrong. */
  isComplete(family: string): boolean {
    return this.#index.complete.includes(family);
  }

  get kubernetesVersion(): string {
    return this.#index.kubernetes;
  }

  /** Follows a reference; any other schema stays. A reference to nowhere accepts everything. */
  resolve(at: Located): Located {
    const { $ref } = at.schema;
    if ($ref === undefined) return at;
    const key = `${at.family} ${$ref}`;
    const known = this.#references.get(key);
    if (known) return known;
    const [, family = at.family, def = ''] = REFERENCE.exec($ref) ?? [];
    const found: Located = { family, def, schema: this.#definition(family, def) ?? {} };
    this.#references.set(key, found);
    return found;
  }

  /** Documentation of a definition (no field) or of one of its fields. */
  documentation(family: string, def: string, field = ''): string | undefined {
    const file = this.#file<DocumentationFile>(`${family}.docs.json`) ?? {};
    const docs = own(file, def);
    const text = docs && own(docs, field);
    return typeof text === 'object' ? this.documentation(family, text[0], text[1] ?? field) : text;
  }

  #definition(family: string, def: string): JsonSchema | undefined {
    return own(this.#file<SchemaFile>(`${family}.json`)?.$defs ?? {}, def);
  }

  get #index(): IndexFile {
    return this.#file<IndexFile>('index.json') ?? { kubernetes: '', complete: [], families: {} };
  }

  /** The build wrote the file, so its shape is taken on trust. */
  #file<T>(name: string): T | undefined {
    if (!this.#files.has(name)) {
      const text = this.#load(name);
      if (text === undefined) return undefined;
      this.#files.set(name, JSON.parse(text));
    }
    return this.#files.get(name) as T | undefined;
  }
}

/** A key of data, not of its prototype. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
