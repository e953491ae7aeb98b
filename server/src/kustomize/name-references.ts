import { joinTraces } from '../helm/trace/origin.ts';
import { Str } from '../helm/trace/text.ts';
import { groupOf } from '../kubernetes/resource.ts';
import type { NameReference } from './default-field-specs.ts';
import { type FieldSpec, visitFields } from './field-path.ts';
import { at, isNull, type MapNode, type Node, plainNode, ScalarNode, textOf } from './node.ts';
import { BuildError } from './problems.ts';
import {
  type BuildResource,
  effectiveNamespace,
  isInNoNamespace,
  isSameNamespace,
  isSelected,
  type KindSelector,
} from './resource.ts';

/** Told of a reference that could mean several resources; the others are followed all the same. */
export type OnAmbiguity = (error: BuildError) => void;

/** Has references follow the names that have changed. */
export function fixNameReferences(
  resources: readonly BuildResource[],
  references: readonly NameReference[],
  onAmbiguity: OnAmbiguity,
): void {
  // What never had another name needs no following.
  const renamed = resources.filter(({ previousIds }) => previousIds.length > 0);
  if (renamed.length === 0) return;
  const candidates = new CandidateIndex(renamed);
  for (const referrer of resources) {
    const followed = new Follower(referrer, candidates);
    for (const target of references) {
      for (const field of target.fieldSpecs) {
        if (!isSelected(referrer.originalId, field)) continue;
        try {
          followed.follow(field, target);
        } catch (error) {
          if (!(error instanceof BuildError)) throw error;
          onAmbiguity(error);
        }
      }
    }
  }
}

/** Resources by the names that they once had. */
class CandidateIndex {
  readonly #byName = new Map<string, BuildResource[]>();

  constructor(resources: readonly BuildResource[]) {
    for (const resource of resources) {
      for (const name of new Set(resource.previousIds.map((id) => id.name))) {
        const known = this.#byName.get(name);
        if (known === undefined) this.#byName.set(name, [resource]);
        else known.push(resource);
      }
    }
  }

  named(name: string): readonly BuildResource[] {
    return this.#byName.get(name) ?? [];
  }
}

type Sieve = (candidate: BuildResource) => boolean;

class Follower {
  readonly #referrer: BuildResource;
  readonly #candidates: CandidateIndex;
  readonly #subjectNamespaces: ReadonlySet<string>;

  constructor(referrer: BuildResource, candidates: CandidateIndex) {
    this.#referrer = referrer;
    this.#candidates = candidates;
    this.#subjectNamespaces = subjectNamespacesOf(referrer);
  }

  follow(field: FieldSpec, target: KindSelector): void {
    const { apiVersion, kind } = this.#referrer;
    // The kind may have changed since.
    visitFields(
      this.#referrer,
      { ...field, group: groupOf(apiVersion), version: undefined, kind },
      {
        visit: (node) => this.#visit(node, field, target),
      },
    );
  }

  #visit(node: Node, field: FieldSpec, target: KindSelector): void {
    if (isNull(node)) return;
    if (node.kind === 'scalar') this.#scalar(node, field, target);
    else if (node.kind === 'map') this.#map(node, field, target);
    else
      for (const item of node.items) {
        if (item.kind === 'scalar' && !item.isNull) this.#scalar(item, field, target);
        else if (item.kind === 'map') this.#map(item, field, target);
      }
  }

  #scalar(node: ScalarNode, field: FieldSpec, target: KindSelector): void {
    const candidates = this.#visible(node.text.text);
    const found = this.#choose(node, candidates, field, target, (a, b) => a.name === b.name);
    if (found !== undefined && found.name !== node.text.text) renameTo(node, nameOf(found));
  }

  /** A reference by name and namespace, such as a subject of a binding. */
  #map(node: MapNode, field: FieldSpec, target: KindSelector): void {
    const name = node.get('name');
    if (name?.kind !== 'scalar') throw new BuildError('invalid', 'A reference has no name.', node.trace);
    const candidates = this.#inNamespace(this.#visible(name.text.text), node.get('namespace'));
    const found = this.#choose(
      name,
      candidates,
      field,
      target,
      (a, b) => a.name === b.name && a.namespace === b.namespace,
    );
    if (found === undefined || (found.name === name.text.text && found.namespace === '')) return;
    if (found.name !== name.text.text) renameTo(name, nameOf(found));
    if (found.namespace === '') return;
    const namespace = node.get('namespace');
    const wanted = at(found.root, 'metadata', 'namespace');
    if (wanted?.kind !== 'scalar' || textOf(namespace) === wanted.text.text) return;
    if (namespace?.kind === 'scalar') renameTo(namespace, wanted);
    else node.set('namespace', plainNode(wanted.text.text, joinTraces(wanted.trace, node.trace)));
  }

  /** What the referrer may refer to at all. */
  #visible(name: string): BuildResource[] {
    const referrer = this.#referrer.id;
    return this.#candidates
      .named(name)
      .filter(
        (candidate) =>
          isInNoNamespace(referrer) ||
          isInNoNamespace(candidate.id) ||
          isSameNamespace(candidate.id, referrer) ||
          this.#subjectNamespaces.has(candidate.namespace),
      );
  }

  #inNamespace(candidates: readonly BuildResource[], namespace: Node | undefined): readonly BuildResource[] {
    if (namespace?.kind !== 'scalar') return candidates;
    const wanted = namespace.text.text;
    const original = candidates.filter(({ originalId }) => effectiveNamespace(originalId) === wanted);
    return original.length > 0 ? original : candidates.filter(({ id }) => effectiveNamespace(id) === wanted);
  }

  #choose(
    name: ScalarNode,
    all: readonly BuildResource[],
    field: FieldSpec,
    target: KindSelector,
    isSame: (a: BuildResource, b: BuildResource) => boolean,
  ): BuildResource | undefined {
    const isMeant = this.#roleRefSieve(field);
    let candidates = all.filter(
      (candidate) =>
        candidate.earlierIds.some((id) => isSelected(id, target)) &&
        isMeant(candidate) &&
        this.#isNear(candidate),
    );
    if (candidates.length > 1)
      candidates = candidates.filter((candidate) => this.#sharesNames(candidate, true));
    else if (candidates.length === 1) return candidates[0];
    if (candidates.length > 1)
      candidates = candidates.filter((candidate) => this.#sharesNames(candidate, false));
    const [first] = candidates;
    if (first === undefined || candidates.every((candidate) => isSame(first, candidate))) return first;
    throw new BuildError(
      'invalid',
      'This name could mean several resources of the kustomization.',
      name.trace,
    );
  }

  /** A role reference names the kind that it means. */
  #roleRefSieve({ path }: FieldSpec): Sieve {
    const roleRef = at(this.#referrer.root, 'roleRef');
    const [group, kind] = [textOf(at(roleRef, 'apiGroup')), textOf(at(roleRef, 'kind'))];
    if (!path.endsWith('roleRef/name') || group === undefined || kind === undefined) return () => true;
    return ({ earlierIds }) => earlierIds.some((id) => isSelected(id, { group, kind }));
  }

  #isNear(candidate: BuildResource): boolean {
    const referrer = this.#referrer.id;
    return (
      isInNoNamespace(referrer) ||
      isInNoNamespace(candidate.id) ||
      candidate.kind === 'ServiceAccount' ||
      isSameNamespace(referrer, candidate.id)
    );
  }

  /** Whether both went through the same prefixes and suffixes. */
  #sharesNames(candidate: BuildResource, mayLack: boolean): boolean {
    const shares = (a: readonly string[], b: readonly string[]) =>
      (mayLack && (a.length === 0 || b.length === 0)) || isSameEnding(a, b);
    const { prefixes, suffixes } = this.#referrer;
    return shares(prefixes, candidate.prefixes) && shares(suffixes, candidate.suffixes);
  }
}

/** Whether the shorter of two lists is the end of the longer one. */
function isSameEnding(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length === 0 && long.length > 0) return false;
  return short.every((item, index) => item === long[long.length - short.length + index]);
}

/** The reference is where people typed it; what it refers to has only changed its text. */
function renameTo(node: ScalarNode, wanted: ScalarNode): void {
  node.setText(new Str(wanted.text.text, joinTraces(node.trace, wanted.trace)), false);
}

function nameOf(resource: BuildResource): ScalarNode {
  const name = at(resource.root, 'metadata', 'name');
  if (name instanceof ScalarNode) return name;
  throw new BuildError('invalid', 'A resource has lost its name.', resource.root?.trace);
}

function subjectNamespacesOf({ kind, root }: BuildResource): ReadonlySet<string> {
  const subjects = kind === 'RoleBinding' ? at(root, 'subjects') : undefined;
  if (subjects?.kind !== 'list') return new Set();
  const accounts = subjects.items.filter((subject) => textOf(at(subject, 'kind')) === 'ServiceAccount');
  return new Set(accounts.flatMap((subject) => textOf(at(subject, 'namespace')) ?? []));
}
