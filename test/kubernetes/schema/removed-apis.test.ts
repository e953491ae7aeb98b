import { beforeAll, describe, expect, test } from 'vitest';
import { removalOf, removals } from '../../../server/src/kubernetes/schema/removed-apis.ts';
import type { KubernetesSchemas } from '../../../server/src/kubernetes/schema/schemas.ts';
import { compareVersions } from '../../../server/src/kubernetes/schema/versions.ts';
import { loadKubernetesSchemas } from '../../support/schemas.ts';

let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

describe('removals', () => {
  test.each([
    ['extensions/v1beta1', 'Deployment', '1.16', 'apps/v1', false],
    ['apps/v1beta2', 'StatefulSet', '1.16', 'apps/v1', true],
    ['extensions/v1beta1', 'NetworkPolicy', '1.16', 'networking.k8s.io/v1', true],
    ['networking.k8s.io/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1', false],
    ['rbac.authorization.k8s.io/v1beta1', 'RoleBinding', '1.22', 'rbac.authorization.k8s.io/v1', true],
    ['batch/v1beta1', 'CronJob', '1.25', 'batch/v1', true],
    ['policy/v1beta1', 'PodSecurityPolicy', '1.25', undefined, false],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'autoscaling/v2', true],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.32', 'flowcontrol.apiserver.k8s.io/v1', true],
  ])('%s %s in %s', (apiVersion, kind, removedIn, successor, sameShape) => {
    expect(removalOf(apiVersion, kind)).toEqual({
      removedIn,
      sameShape,
      ...(successor === undefined ? {} : { successor }),
    });
  });

  test.each([
    ['apps/v1', 'Deployment'],
    ['batch/v1beta1', 'Job'],
    ['example.com/v1beta1', 'Ingress'],
  ])('none of %s %s', (apiVersion, kind) => {
    expect(removalOf(apiVersion, kind)).toBeUndefined();
  });

  test('lead to kinds that are served now, from ones that are not', () => {
    const known = new Set([...schemas.kinds()].map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
    for (const { apiVersion, kind, successor } of removals()) {
      expect(known).not.toContain(`${apiVersion}/${kind}`);
      if (successor !== undefined) expect(known).toContain(`${successor}/${kind}`);
    }
  });
});

test.each([
  ['1.9', '1.22', -1],
  ['1.22', '1.9', 1],
  ['v1.31.4-eks-a1b2', '1.31.4', 0],
  ['1.31', 'v1.31.0', 0],
  ['1.31.1', '1.31', 1],
  ['2', '1.99', 1],
  ['latest', '0', 0],
])('version %s against %s', (first, second, sign) => {
  expect(Math.sign(compareVersions(first, second))).toBe(sign);
});
