import { joinTraces } from '../helm/trace/origin.ts';
import { Str } from '../helm/trace/text.ts';
import type { TransformerConfig } from './default-field-specs.ts';
import { type FieldSpec, visitFields } from './field-path.ts';
import { at, type Node, plainNode, type ScalarNode, stringNode, textOf } from './node.ts';
import { BuildError } from './problems.ts';
import { type BuildResource, isInNoNamespace, isSelected } from './resource.ts';

/** Kinds whose names mean something to Kubernetes, so that they get neither prefix nor suffix. */
const KEPT_NAMES = [
  { kind: 'CustomResourceDefinition' },
  { kind: 'APIService', group: 'apiregistration.k8s.io' },
  { kind: 'Namespace' },
];

/** Puts a prefix before names, or a suffix behind them. */
export function addToNames(
  resources: readonly BuildResource[],
  added: ScalarNode,
  place: 'prefix' | 'suffix',
  fields: readonly FieldSpec[],
): void {
  for (const resource of resources) {
    const { originalId } = resource;
    if (KEPT_NAMES.some((selector) => isSelected(originalId, selector))) continue;
    for (const field of fields.filter((candidate) => isSelected(originalId, candidate))) {
      if (field.path === 'metadata/name') {
        (place === 'prefix' ? resource.prefixes : resource.suffixes).push(added.text.text);
        resource.rememberId();
      }
      visitFields(resource, field, {
        create: 'scalar',
        trace: added.trace,
        visit: (node) => extend(scalarIn(node), added.text, place),
      });
    }
  }
}

/** What people look for is the name that they wrote, so that its origin comes first. */
function extend(node: ScalarNode, added: Str, place: 'prefix' | 'suffix'): void {
  const { text, trace } = node.text;
  const extended = place === 'prefix' ? added.text + text : text + added.text;
  node.setText(new Str(extended, joinTraces(trace, added.trace)), false);
}

export function scalarIn(node: Node): ScalarNode {
  if (node.kind === 'scalar') return node;
  throw new BuildError('invalid', `There is a ${node.kind} where a text belongs.`, node.trace);
}

export const SUBJECT_MODES = ['defaultOnly', 'allServiceAccounts', 'none'] as const;
export type SubjectMode = (typeof SUBJECT_MODES)[number];

export interface NamespaceOptions {
  readonly fields: TransformerConfig['namespace'];
  /** Only where there is none. */
  readonly unsetOnly?: boolean;
  /** Which subjects of bindings get it. */
  readonly subjects?: SubjectMode;
}

/** Puts resources into a namespace. */
export function setNamespace(
  resources: readonly BuildResource[],
  namespace: ScalarNode,
  options: NamespaceOptions,
): void {
  for (const resource of resources) {
    if (resource.root === undefined) continue;
    resource.rememberId();
    const isBinding = resource.kind === 'RoleBinding' || resource.kind === 'ClusterRoleBinding';
    const fields = options.fields.filter(
      ({ path, kind }) =>
        path !== 'metadata/namespace' &&
        (path !== 'metadata/name' || resource.apiVersion === 'v1') &&
        !(
          path === 'subjects/namespace' &&
          (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') &&
          isBinding
        ),
    );
    const own = isInNoNamespace(resource.id) ? [] : [{ path: 'metadata/namespace', create: true }];
    if (isBinding) setSubjects(resource, namespace, options);
    for (const field of [...own, ...fields]) {
      visitFields(resource, field, {
        create: 'scalar',
        trace: namespace.trace,
        visit: (node) => write(scalarIn(node), namespace, options),
      });
    }
  }
}

function write(node: ScalarNode, namespace: ScalarNode, { unsetOnly = false }: NamespaceOptions): void {
  if (unsetOnly && node.text.text !== '') return;
  node.setText(namespace.text, true);
}

/** Subjects that are named `default` move along with the binding. */
function setSubjects({ root }: BuildResource, namespace: ScalarNode, options: NamespaceOptions): void {
  const { subjects: mode = 'defaultOnly' } = options;
  const subjects = at(root, 'subjects');
  if (mode === 'none' || subjects?.kind !== 'list') return;
  for (const subject of subjects.items) {
    if (subject.kind !== 'map') continue;
    const isMeant =
      mode === 'defaultOnly'
        ? textOf(subject.get('name')) === 'default'
        : textOf(subject.get('kind')) === 'ServiceAccount';
    if (!isMeant) continue;
    const present = subject.get('namespace');
    const node = present?.kind === 'scalar' ? present : plainNode('', namespace.trace);
    write(node, namespace, options);
    subject.set('namespace', node);
  }
}

/** Sets entries of the maps that fields name: labels and annotations. */
export function setEntries(
  resources: readonly BuildResource[],
  entries: readonly (readonly [string, ScalarNode])[],
  fields: readonly FieldSpec[],
): void {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const resource of resources) {
    for (const [key, value] of sorted) {
      for (const field of fields) setEntry(resource, field, key, value);
    }
  }
}

function setEntry(resource: BuildResource, field: FieldSpec, key: string, value: ScalarNode): void {
  visitFields(resource, field, {
    create: 'map',
    trace: value.trace,
    visit: (node) => {
      if (node.kind !== 'map')
        throw new BuildError('invalid', `There is a ${node.kind} where a map belongs.`, node.trace);
      const present = node.get(key);
      const set = stringNode(value.text.text, value.trace);
      if (present?.kind === 'scalar') {
        set.style = present.style;
        set.text = new Str(set.text.text, joinTraces(value.trace, present.trace));
      }
      node.set(key, set, value.trace);
    },
  });
}
