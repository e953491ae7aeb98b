import type { BindingFact } from '../analysis/facts.ts';
import type { NetworkPolicyFact } from '../analysis/network/policy.ts';
import type { Origin } from '../analysis/origin.ts';
import { bindingsOf, type RoleName } from '../analysis/rbac/grants.ts';
import type { World } from '../analysis/world.ts';
import type { PlainValue } from '../syntax/edit/operations.ts';
import type { Path } from '../syntax/paths.ts';
import type { EditObjectOperation, RelatedObject } from './rule.ts';

type Named = Pick<Origin, 'name' | 'namespace'> & { readonly kind: string };

/** An object that other files declare, as something that explains a finding. */
export function objectOf({ kind, name, namespace }: Named, message: string): RelatedObject {
  return { kind, name, namespace, message };
}

/** Sets a value of an object that other files declare. */
export function setIn({ kind, name, namespace }: Named, path: Path, value: PlainValue): EditObjectOperation {
  return { op: 'edit-object', object: { kind, name, namespace }, path, value };
}

/** More objects that explain the same are not shown. */
const MOST_SHOWN = 3;

export function objectsOf(objects: readonly Named[], message: string): RelatedObject[] {
  return objects.slice(0, MOST_SHOWN).map((object) => objectOf(object, message));
}

export function namespaceOf(name: string, message: string): RelatedObject {
  return { kind: 'Namespace', name, namespace: undefined, message };
}

export function bindingObjects(bindings: readonly BindingFact[], message: string): RelatedObject[] {
  return objectsOf(
    bindings.map(({ name, namespace, binding: { kind } }) => ({ kind, name, namespace })),
    message,
  );
}

/** The bindings that give a role to somebody. */
export function holdersOf(role: RoleName, world: World): RelatedObject[] {
  return bindingObjects(bindingsOf(role, world), 'It gives the role to somebody.');
}

/** Policies, each once, whatever their kind. */
export function policyObjects(policies: readonly NetworkPolicyFact[], message: string): RelatedObject[] {
  return objectsOf([...new Set(policies)], message);
}
