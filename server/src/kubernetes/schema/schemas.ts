import { describe, type FieldInfo, fieldsAt } from './describe.ts';
import type { JsonSchema } from './json-schema.ts';
import { type KindName, likelyKind } from './likely-kind.ts';
import { type Located, type SchemaLoader, SchemaStore } from './store.ts';
import { type SchemaProblem, validateKind } from './validate.ts';

export type { FieldInfo } from './describe.ts';
export type { JsonSchema } from './json-schema.ts';
export type { KindName } from './likely-kind.ts';
export type { SchemaLoader } from './store.ts';
export type { SchemaProblem, SchemaProblemType } from './validate.ts';

/** What is known of the kinds of Kubernetes and of common custom resources. An unknown kind has no problems. */
export interface KubernetesSchemas {
  /** The release that the built-in kinds follow, `MAJOR.MINOR`. */
  readonly kubernetesVersion: string;
  /** Every API version and kind that is known. */
  kinds(): Iterable<KindName>;
  /** What a kind that Kubernetes does not have under one of its own API versions was likely meant to be. */
  likelyKind(apiVersion: string, kind: string): KindName | undefined;
  /** A schema that stands alone, with all definitions that it needs. */
  schemaFor(apiVersion: string, kind: string): JsonSchema | undefined;
  /** Whether objects of the kind live in a namespace; undefined when the source does not say. */
  isNamespaced(apiVersion: string, kind: string): boolean | undefined;
  /** What the API server would reject in an object; `value` is plain data, as `Value.toJS()` gives it. */
  validate(apiVersion: string, kind: string, value: unknown): SchemaProblem[];
  /** The fields of the object at a path from the root; empty when nothing is known of it. */
  fieldsAt(apiVersion: string, kind: string, path: readonly (string | number)[]): FieldInfo[];
  /** The field at a path from the root; the empty path is the kind itself. */
  describe(apiVersion: string, kind: string, path: readonly (string | number)[]): FieldInfo | undefined;
}

/** Schemas over generated files that `load` reads: the index at first use, a family's file with its first kind. */
export function createKubernetesSchemas(load: SchemaLoader): KubernetesSchemas {
  const store = new SchemaStore(load);
  return {
    get kubernetesVersion() {
      return store.kubernetesVersion;
    },
    kinds: () => store.kinds(),
    likelyKind: (apiVersion, kind) => likelyKind(store, { apiVersion, kind }),
    schemaFor: (apiVersion, kind) => {
      const root = store.kind(apiVersion, kind);
      return root && standAlone(store, root);
    },
    isNamespaced: (apiVersion, kind) => store.kind(apiVersion, kind)?.namespaced,
    validate: (apiVersion, kind, value) => validateKind(store, apiVersion, kind, value),
    fieldsAt: (apiVersion, kind, path) => fieldsAt(store, apiVersion, kind, path),
    describe: (apiVersion, kind, path) => describe(store, apiVersion, kind, path),
  };
}

/** The schema with every definition that it reaches, from whichever family, under `FAMILY.NAME`. */
function standAlone(store: SchemaStore, root: Located): JsonSchema {
  const $defs: Record<string, JsonSchema> = {};
  const copy = (at: Located): JsonSchema =>
    JSON.parse(JSON.stringify(at.schema), (key, value) => (key === '$ref' ? add(at.family, value) : value));
  const add = (family: string, $ref: string): string => {
    const target = store.resolve({ family, schema: { $ref } });
    const name = `${target.family}.${target.def ?? ''}`;
    if (!Object.hasOwn($defs, name)) {
      $defs[name] = {};
      $defs[name] = copy(target);
    }
    return `#/$defs/${name}`;
  };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...copy(root), $defs };
}
