import type { IndexedKind } from '../../server/src/kubernetes/schema/json-schema.ts';
import type { FinishedDefinitions } from './definitions.ts';

/** Kinds that one source declares; they share a file of definitions. */
export interface Family {
  /** Also the name of its files. */
  readonly name: string;
  readonly definitions: FinishedDefinitions;
  /** `def` as it was reserved; `definitions.nameOf` tells what it is called now. */
  readonly kinds: readonly (IndexedKind & { readonly apiVersion: string; readonly kind: string })[];
}
