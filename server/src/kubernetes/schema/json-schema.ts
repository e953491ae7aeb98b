/**
 * The part of JSON Schema (draft 2020-12) that the generated schemas use. Objects with `properties` are always a
 * definition of their own, so a schema elsewhere is a scalar, a list, a map or a reference.
 */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  /** `#/$defs/NAME` in the same file, or `FILE.json#/$defs/NAME` in another. */
  readonly $ref?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly enum?: readonly (string | number)[];
  /** One of the names in `formats.ts`. */
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array';

/** The text of a family of definitions: `NAME.json`. */
export interface SchemaFile {
  readonly $defs: Readonly<Record<string, JsonSchema>>;
}

/** Documentation, or where the same text stands already: the definition and, unless it has the same name, the field. */
export type Documentation = string | readonly [def: string, field?: string];

/** `NAME.docs.json`: definition to field to documentation; the empty field is the definition itself. */
export type DocumentationFile = Readonly<Record<string, Readonly<Record<string, Documentation>>>>;

/** `index.json`: family to API version to kind to where it is defined. */
export interface IndexFile {
  /** The Kubernetes release whose API the built-in kinds follow, `MAJOR.MINOR`. */
  readonly kubernetes: string;
  /** Families that list every field there is; the others may lag behind what a cluster knows. */
  readonly complete: readonly string[];
  readonly families: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, IndexedKind>>>>>
  >;
}

export interface IndexedKind {
  /** Name of its definition in the family's file. */
  readonly def: string;
  /** Whether its objects live in a namespace; absent when the source does not say. */
  readonly namespaced?: boolean;
  /** Set for kinds that only configure a component, so that they need no name. */
  readonly nameless?: boolean;
}
