import { type Resource, resourcesOf } from '../../kubernetes/resource.ts';
import { KUSTOMIZE_GROUP, looksLikeKustomization } from '../../kustomize/references.ts';
import type { ParsedDocument } from '../../syntax/parse.ts';
import type { Value } from '../../syntax/values.ts';
import { secretNamesOf } from '../certificates/secrets.ts';
import { isClusterScoped, isUsualKind, type ObjectName } from './kinds.ts';

/** An object and where its name is written. */
export interface DeclaredName extends ObjectName {
  readonly at: Value;
}

/** The objects that a document makes: those in it, the Secrets that it has made, and what a kustomization generates. */
export function declaredNames(document: ParsedDocument): DeclaredName[] {
  const resources = resourcesOf(document);
  const { root } = document;
  const isKustomization =
    resources.some(({ group }) => group === KUSTOMIZE_GROUP) ||
    (resources.length === 0 && looksLikeKustomization(document.text));
  return [
    ...resources.flatMap(declaredBy),
    ...(isKustomization && root !== undefined ? generatedBy(root) : []),
  ];
}

function declaredBy(resource: Resource): DeclaredName[] {
  const { kind, metadata, group } = resource;
  if (group === KUSTOMIZE_GROUP) return [];
  const namespace = isClusterScoped(kind) ? undefined : resource.namespace;
  const own = isUsualKind(resource) ? declared(kind, metadata?.get('name'), namespace) : [];
  // A Secret that is copied elsewhere is its own source.
  const made = kind === 'Secret' ? [] : secretsMadeBy(resource);
  return [...own, ...made];
}

/** Source: https://github.com/bitnami-labs/sealed-secrets, and those of `secretNamesOf`. */
function secretsMadeBy(resource: Resource): DeclaredName[] {
  const { kind, metadata, spec, namespace } = resource;
  const name = metadata?.get('name');
  if (kind === 'SealedSecret') {
    const template = spec?.at(['template', 'metadata', 'name']);
    return declared('Secret', template ?? name, namespace);
  }
  const isForAll = kind === 'ClusterExternalSecret';
  return secretNamesOf(resource).flatMap((value) =>
    declared('Secret', value ?? name, isForAll ? undefined : namespace),
  );
}

/** Source: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/ */
function generatedBy(root: Value): DeclaredName[] {
  const namespace = root.get('namespace')?.text;
  const by = (field: string, kind: string) =>
    (root.get(field)?.items ?? []).flatMap((item) =>
      declared(kind, item.get('name'), item.get('namespace')?.text ?? namespace),
    );
  return [...by('configMapGenerator', 'ConfigMap'), ...by('secretGenerator', 'Secret')];
}

function declared(kind: string, at: Value | undefined, namespace: string | undefined): DeclaredName[] {
  const name = at?.text;
  return at === undefined || name === undefined || name === '' ? [] : [{ kind, name, namespace, at }];
}
