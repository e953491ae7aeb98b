import type { Container, Pod } from '../kubernetes/pods.ts';
import { remove, set } from '../syntax/edit/operations.ts';
import type { ScalarValue, Value } from '../syntax/values.ts';
import type { Fix } from './rule.ts';
import { secretSkeleton, textScalar } from './sensitive-text.ts';

/** A literal value in a container's environment. */
export interface EnvValue {
  readonly container: Container;
  readonly item: Value;
  readonly name: string;
  readonly scalar: ScalarValue;
  /** The other literal values of the container. */
  readonly siblings: readonly { readonly key: string; readonly value: string }[];
}

/** Above this many variables an environment is no record of one person. */
const MAX_RECORD = 40;

export function envValuesOf(pod: Pod): EnvValue[] {
  return pod.containers.flatMap((container) => {
    const literals = (container.value.get('env')?.items ?? []).flatMap((item) => {
      const scalar = textScalar(item.get('value'));
      return scalar === undefined ? [] : { item, scalar, name: item.get('name')?.text ?? '' };
    });
    const all = literals.length > MAX_RECORD ? [] : literals;
    return literals.map((literal) => ({
      container,
      ...literal,
      siblings: all
        .filter((other) => other !== literal)
        .map(({ name, scalar }) => ({ key: name, value: scalar.decoded })),
    }));
  });
}

/** Reads the variable from a Secret, which is added without the value. */
export function moveToSecretFix(pod: Pod, { item, name }: EnvValue, purpose: string): Fix {
  const secret = `${pod.workload.name}-${purpose}`;
  const path = item.path;
  return {
    title: `Read it from the Secret "${secret}", which is added without the value`,
    applicability: 'review',
    operations: [
      remove([...path, 'value']),
      set([...path, 'valueFrom'], { secretKeyRef: { name: secret, key: name } }),
      secretSkeleton(secret, pod.workload.namespace),
    ],
  };
}
