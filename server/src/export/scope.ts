import { PHI_LABEL } from '../analysis/phi-label.ts';
import type { RuleSettings } from '../rules/settings.ts';
import { anyOf, celMatches, celText, wildcardPattern } from './cel.ts';

/** Whether a map of labels has one, with this value where one is given. */
const carries = (labels: string, key: string, value: string | undefined) =>
  `(has(${labels}) && ${celText(key)} in ${labels}${value === undefined ? '' : ` && ${labels}[${celText(key)}] == ${celText(value)}`})`;
const ofObject = (key: string, value?: string) => carries('object.metadata.labels', key, value);
const ofNamespace = (key: string, value?: string) =>
  `(namespaceObject != null && ${carries('namespaceObject.metadata.labels', key, value)})`;

const NAMESPACE =
  "(object.kind == 'Namespace' ? object.metadata.name : has(object.metadata.namespace) ? object.metadata.namespace : '')";

/**
 * Whether an object is in PHI scope, for policies where the configuration narrows that: as `rules/phi-scope.ts` decides it, but that an object does not take itself
 * out, since whoever makes it would so let himself pass. Undefined where every namespace may hold PHI.
 */
export function scopeExpression({ phi }: RuleSettings): string | undefined {
  if (phi.namespaces.length === 0 && phi.label === undefined) return undefined;
  const [key = '', value] = phi.label?.split('=', 2) ?? [];
  const pattern = `^(${phi.namespaces.map((name) => wildcardPattern(name)).join('|')})$`;
  const isConfigured = [
    ...(phi.namespaces.length > 0 ? [`${NAMESPACE} == ''`, celMatches(NAMESPACE, pattern)] : []),
    ...(phi.label === undefined ? [] : [ofObject(key, value), ofNamespace(key, value)]),
  ];
  return anyOf(
    ofObject(PHI_LABEL, 'true'),
    ofNamespace(PHI_LABEL, 'true'),
    `(!${ofNamespace(PHI_LABEL, 'false')} && ${anyOf(...isConfigured)})`,
  );
}

/** Whether the object or its Namespace says of itself that it holds PHI. */
export const LABELLED_PHI = anyOf(ofObject(PHI_LABEL, 'true'), ofNamespace(PHI_LABEL, 'true'));

/** For rules that are silent outside of PHI scope: what says of itself that it holds none. */
export const NOT_LABELLED_FREE = `!${ofObject(PHI_LABEL, 'false')}`;
