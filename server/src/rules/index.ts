import { hostNamespaces } from './integrity/host-namespaces.ts';
import { imagePublicRegistry } from './integrity/image-public-registry.ts';
import { imageTagMutable } from './integrity/image-tag-mutable.ts';
import { namespacePodSecurity } from './integrity/namespace-pod-security.ts';
import { privilegeEscalation } from './integrity/privilege-escalation.ts';
import { privilegedContainer } from './integrity/privileged-container.ts';
import { readOnlyRootFilesystem } from './integrity/read-only-root-filesystem.ts';
import { runAsNonRoot } from './integrity/run-as-non-root.ts';
import { runAsUserRoot } from './integrity/run-as-user-root.ts';
import type { Rule } from './rule.ts';

/** Every rule of the product: the only list. */
export const rules: readonly Rule[] = [
  // integrity
  runAsNonRoot,
  runAsUserRoot,
  privilegedContainer,
  privilegeEscalation,
  hostNamespaces,
  readOnlyRootFilesystem,
  imagePublicRegistry,
  imageTagMutable,
  namespacePodSecurity,
];

const BY_ID: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleOf(id: string): Rule | undefined {
  return BY_ID.get(id);
}
