import { nearestName } from '../../syntax/nearest-name.ts';
import { removalOf } from './removed-apis.ts';
import { own, type SchemaStore } from './store.ts';

/** An API version and a kind of it. */
export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Stable versions never lose a kind, so one that is not among theirs has never been there. */
const STABLE = /^(?:.+\/)?v\d+$/;

/** Of no schema, but understood by the API server or by clients. */
const UNLISTED = /List$|^(?:Config|Status|Binding|Eviction|Scale|DeleteOptions)$/;

/**
 * What a kind that Kubernetes does not have under its own API version was likely meant to be: the same kind of another version, or one whose
 * name is near. Undefined for kinds that exist, and for API versions of others.
 */
export function likelyKind(store: SchemaStore, { apiVersion, kind }: KindName): KindName | undefined {
  const versions = store.versionsOf('kubernetes');
  const kinds = STABLE.test(apiVersion) ? own(versions, apiVersion) : undefined;
  if (kinds === undefined || own(kinds, kind) !== undefined || UNLISTED.test(kind)) return undefined;
  if (removalOf(apiVersion, kind) !== undefined) return undefined;
  const elsewhere = Object.keys(versions)
    .filter((version) => STABLE.test(version) && own(versions[version] ?? {}, kind) !== undefined)
    .sort()
    .at(-1);
  if (elsewhere !== undefined) return { apiVersion: elsewhere, kind };
  const near = nearestName(kind, Object.keys(kinds));
  return near === undefined ? undefined : { apiVersion, kind: near };
}
