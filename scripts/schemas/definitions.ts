import type { JsonSchema, SchemaFile } from '../../server/src/kubernetes/schema/json-schema.ts';
import type { CollectedDocumentation } from './documentation.ts';

interface Definition {
  schema: JsonSchema;
  docs: Record<string, string>;
}

export interface FinishedDefinitions {
  readonly schemas: SchemaFile;
  readonly docs: CollectedDocumentation;
  /** The name that now stands for a definition; undefined when there was none of that name. */
  readonly nameOf: (name: string) => string | undefined;
}

/** The definitions of one family while they are collected: schemas and their documentation, under unique names. */
export class Definitions {
  private readonly byName = new Map<string, Definition>();

  /** A free name like the one wished for. Reserving it first lets a type refer to itself. */
  reserve(wish: string): string {
    let name = wish;
    for (let count = 2; this.byName.has(name); count++) name = `${wish}-${count}`;
    this.byName.set(name, { schema: {}, docs: {} });
    return name;
  }

  set(name: string, schema: JsonSchema, docs: Record<string, string>): void {
    this.byName.set(name, { schema, docs });
  }

  /** Keeps what the roots reach, makes equal definitions one, and returns that. Nothing may be added afterwards. */
  finish(roots: Iterable<string>): FinishedDefinitions {
    const reached = new Set<string>();
    for (const root of roots) this.reach(root, reached);
    for (const name of [...this.byName.keys()]) if (!reached.has(name)) this.byName.delete(name);
    const survivors = new Map<string, string>();
    while (this.mergeEqual(survivors)) {}
    const nameOf = (name: string): string | undefined => {
      const survivor = survivors.get(name);
      if (survivor !== undefined) return nameOf(survivor);
      return this.byName.has(name) ? name : undefined;
    };
    const schemas: Record<string, JsonSchema> = {};
    const docs: Record<string, Record<string, string>> = {};
    for (const [name, definition] of this.byName) {
      schemas[name] = definition.schema;
      if (Object.keys(definition.docs).length > 0) docs[name] = definition.docs;
    }
    return { schemas: { $defs: schemas }, docs, nameOf };
  }

  private reach(name: string, reached: Set<string>): void {
    const definition = this.byName.get(name);
    if (!definition || reached.has(name)) return;
    reached.add(name);
    for (const [, reference] of JSON.stringify(definition.schema).matchAll(LOCAL_REFERENCE)) {
      if (reference) this.reach(reference, reached);
    }
  }

  /** Replaces each definition by an earlier equal one; whether there were any. */
  private mergeEqual(survivors: Map<string, string>): boolean {
    const first = new Map<string, string>();
    const merged = new Map<string, string>();
    for (const [name, definition] of this.byName) {
      const text = JSON.stringify(definition);
      const survivor = first.get(text);
      if (survivor === undefined) first.set(text, name);
      else merged.set(name, survivor);
    }
    for (const [name, survivor] of merged) {
      this.byName.delete(name);
      survivors.set(name, survivor);
    }
    if (merged.size > 0) {
      for (const definition of this.byName.values()) definition.schema = renamed(definition.schema, merged);
    }
    return merged.size > 0;
  }
}

const LOCAL_REFERENCE = /"#\/\$defs\/([^"]+)"/g;

export function refTo(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` };
}

function renamed(schema: JsonSchema, names: ReadonlyMap<string, string>): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key !== '$ref' || typeof value !== 'string' || !value.startsWith('#/$defs/')) return value;
    const name = value.slice('#/$defs/'.length);
    return refTo(names.get(name) ?? name).$ref;
  });
}
