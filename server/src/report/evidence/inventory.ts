import { policySpecsOf } from '../../analysis/network/policy-fact.ts';
import { PHI_LABEL } from '../../analysis/phi-label.ts';
import { levelOf, namespaceLevels } from '../../analysis/pod-security/admission.ts';
import { bindingOf, describeSubject } from '../../analysis/rbac/bindings.ts';
import { BUILT_IN_ROLES } from '../../analysis/rbac/built-in-roles.ts';
import { effectiveRules } from '../../analysis/rbac/grants.ts';
import type { PolicyRule } from '../../analysis/rbac/roles.ts';
import { isWorkload } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { EvidencePlace, GrantRecord, NamespaceRecord, PolicyRecord } from './model.ts';
import { type EvidenceDocument, headOf, placeOf } from './observation.ts';
import { closedDirections } from './observe/workloads.ts';
import { describeRules, describeSubjects } from './policy-words.ts';
import { mayHoldPhi } from './scope.ts';

/** Who may do what by a binding: one record a subject. */
export function grantsIn(resource: Resource, document: EvidenceDocument): GrantRecord[] {
  const binding = bindingOf(resource);
  if (binding === undefined) return [];
  const { kind, roleKind, roleName, subjects } = binding;
  const roles = document.world
    .matching('role', 'name', roleName)
    .filter(
      ({ role, namespace }) =>
        role.kind === roleKind && (roleKind === 'ClusterRole' || namespace === resource.namespace),
    );
  const permissions = roles
    .flatMap(({ role }) => effectiveRules(role, document.world))
    .map(describePermission);
  const builtIn = roleKind === 'ClusterRole' ? [BUILT_IN_ROLES.get(roleName) ?? []].flat() : [];
  const where =
    kind === 'ClusterRoleBinding'
      ? 'the whole cluster'
      : `namespace ${resource.namespace ?? 'that it is applied in'}`;
  return subjects.map((subject) => ({
    subject: describeSubject(subject),
    role: `${roleKind} ${roleName}`,
    where,
    permissions: roles.length === 0 ? builtIn : permissions,
    place: placeOf(document, headOf(resource)),
  }));
}

function describePermission({
  verbs,
  resources,
  apiGroups,
  resourceNames,
  nonResourceURLs,
}: PolicyRule): string {
  const groups = apiGroups.filter((group) => group !== '');
  const of = groups.length === 0 ? '' : ` (${groups.join(', ')})`;
  const named = resourceNames.length === 0 ? '' : ` named ${resourceNames.join(', ')}`;
  const what = [...resources, ...nonResourceURLs].join(', ');
  return `${verbs.join(', ')}: ${what}${of}${named}`;
}

/** The policies of any kind that decide who may connect to whom. */
export function policiesIn(resource: Resource, document: EvidenceDocument): PolicyRecord[] {
  return policySpecsOf(resource).map((spec) => ({
    kind: resource.kind,
    name: resource.name,
    namespace: resource.namespace,
    selects: describeSubjects(spec),
    closes: spec.isolates,
    rules: describeRules(spec),
    place: placeOf(document, headOf(resource)),
  }));
}

interface OpenRecord extends Omit<NamespaceRecord, 'closed' | 'podSecurity'> {
  podSecurity?: string;
  closed: Set<string>;
  workloads: number;
  phi: boolean;
  why: string;
  places: EvidencePlace[];
}

/** Gathers what is known of namespaces: one of the same name is another one where it is deployed by another unit. */
export class NamespaceInventory {
  /** By unit and name. */
  readonly #records = new Map<string, OpenRecord>();

  add(resource: Resource, document: EvidenceDocument): void {
    if (document.world.usedAs === 'part') return;
    const isNamespace = resource.kind === 'Namespace' && resource.group === '';
    const name = isNamespace ? resource.name : resource.namespace;
    if (name === undefined || name === '') return;
    const record = this.#recordOf(name, document);
    if (isNamespace) {
      record.places.push(placeOf(document, headOf(resource)));
      const level = levelOf(namespaceLevels(resource.root), 'enforce')?.text;
      if (level !== undefined) record.podSecurity = level;
      for (const { direction } of closedDirections(name, resource.labels, document.world))
        record.closed.add(direction);
    } else if (isWorkload(resource)) {
      record.workloads++;
      for (const { direction } of closedDirections(name, new Map(), document.world))
        record.closed.add(direction);
      if (mayHoldPhi(resource, document) && !record.phi) {
        record.phi = true;
        record.why = 'a workload in it is labelled so';
      }
    }
  }

  get records(): NamespaceRecord[] {
    return [...this.#records.values()]
      .map(({ closed, ...record }) => ({ ...record, closed: [...closed].sort() }))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  #recordOf(name: string, document: EvidenceDocument): OpenRecord {
    const { unit } = document;
    const key = keyOf({ name, unit });
    const known = this.#records.get(key);
    if (known !== undefined) return known;
    const labels = document.world.matching('namespace', 'name', name)[0]?.labels ?? new Map();
    const phi = mayHoldPhi({ kind: 'Namespace', name, namespace: undefined, labels }, document);
    const record = {
      name,
      ...(unit !== undefined && { unit }),
      phi,
      why: reasonOf(name, labels, phi, document),
      workloads: 0,
      closed: new Set<string>(),
      places: [],
    };
    this.#records.set(key, record);
    return record;
  }
}

function keyOf({ name, unit }: { readonly name: string; readonly unit?: string | undefined }): string {
  return `${name}\n${unit ?? ''}`;
}

function reasonOf(
  name: string,
  labels: ReadonlyMap<string, string>,
  phi: boolean,
  { settings }: EvidenceDocument,
): string {
  const label = labels.get(PHI_LABEL);
  if (label === 'true' || label === 'false') return `label ${PHI_LABEL}: ${label}`;
  const isConfigured = settings.phi.namespaces.length > 0 || settings.phi.label !== undefined;
  if (isConfigured) return phi ? 'the configuration says so' : 'the configuration names others';
  return phi ? 'nothing says otherwise' : `namespaces such as ${name} belong to the control plane`;
}
