import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { DescribedElsewhereParams } from './protocol.ts';

/** What help with fields needs of the schemas. */
export type FieldSchemas = Pick<KubernetesSchemas, 'fieldsAt' | 'describe'>;

/** What other extensions of the editor describe in each file, as the client tells it. */
export class DescribedElsewhere {
  readonly #files = new Map<string, DescribedElsewhereParams>();

  set(params: DescribedElsewhereParams): void {
    if (params.kinds.length === 0 && !params.functions) this.#files.delete(params.uri);
    else this.#files.set(params.uri, params);
  }

  forget(uri: string): void {
    this.#files.delete(uri);
  }

  hasFunctions(uri: string): boolean {
    return this.#files.get(uri)?.functions ?? false;
  }

  /** The schemas without the kinds whose fields somebody else describes in a file; undefined when that is all of them. */
  without(uri: string, schemas: KubernetesSchemas | undefined): FieldSchemas | undefined {
    const kinds = this.#files.get(uri)?.kinds ?? [];
    if (kinds === 'all' || schemas === undefined) return undefined;
    if (kinds.length === 0) return schemas;
    const others = new Set(kinds);
    const isElsewhere = (apiVersion: string, kind: string) =>
      others.has(`${apiVersion}@${kind}`.toLowerCase());
    return {
      fieldsAt: (apiVersion, kind, path) =>
        isElsewhere(apiVersion, kind) ? [] : schemas.fieldsAt(apiVersion, kind, path),
      describe: (apiVersion, kind, path) =>
        isElsewhere(apiVersion, kind) ? undefined : schemas.describe(apiVersion, kind, path),
    };
  }
}
