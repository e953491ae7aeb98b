import { describe, expect, it } from 'vitest';
import { tagMobility } from '../../server/src/kubernetes/image-tags.ts';
import { isImagePlaceholder, parseImageReference } from '../../server/src/kubernetes/images.ts';
import {
  isAllowedImage,
  isPublicRegistry,
  mirroredReferences,
} from '../../server/src/kubernetes/registries.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

function image(text: string) {
  const parsed = parseImageReference(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

describe('parseImageReference', () => {
  it.each([
    ['nginx', 'docker.io', 'library/nginx', undefined, undefined],
    ['nginx:1.27', 'docker.io', 'library/nginx', '1.27', undefined],
    ['bitnami/redis', 'docker.io', 'bitnami/redis', undefined, undefined],
    ['index.docker.io/nginx', 'docker.io', 'library/nginx', undefined, undefined],
    ['registry.hub.docker.com/library/nginx', 'docker.io', 'library/nginx', undefined, undefined],
    ['quay.io/a/b/c:v1', 'quay.io', 'a/b/c', 'v1', undefined],
    ['localhost/a', 'localhost', 'a', undefined, undefined],
    ['registry:5000/a', 'registry:5000', 'a', undefined, undefined],
    ['registry/a', 'docker.io', 'registry/a', undefined, undefined],
    ['Registry/a', 'registry', 'a', undefined, undefined],
    ['[2001:db8::1]:5000/a:1', '[2001:db8::1]:5000', 'a', '1', undefined],
    [`ghcr.io/a/b@${DIGEST}`, 'ghcr.io', 'a/b', undefined, DIGEST],
    [`ghcr.io/a/b:1.2@${DIGEST}`, 'ghcr.io', 'a/b', '1.2', DIGEST],
    ['a/b__c.d-e--f', 'docker.io', 'a/b__c.d-e--f', undefined, undefined],
  ])('%s', (text, registry, repository, tag, digest) => {
    expect(parseImageReference(text)).toEqual({ registry, repository, tag, digest });
  });

  it.each([
    ['a/B', 'its repository has capital letters'],
    ['a//b', 'its repository is malformed'],
    ['-a', 'its repository is malformed'],
    ['a b', 'its repository is malformed'],
    ['nginx:', 'its tag is malformed'],
    ['nginx:a:b', 'its tag is malformed'],
    [`nginx:${'a'.repeat(129)}`, 'its tag is malformed'],
    ['nginx@sha256:12', 'its digest is malformed'],
    [':1.2', 'it names no repository'],
    ['https://registry.example/a:1', 'it is a URL'],
    ['reg_istry.example/a', 'its registry is malformed'],
    [`a/${'b'.repeat(300)}`, 'its name is too long'],
  ])('%s is invalid', (text, problem) => {
    expect(parseImageReference(text)).toEqual({ problem });
  });
});

describe('isImagePlaceholder', () => {
  it.each([
    '$(IMAGE)',
    '$REGISTRY/a',
    '{{ .Values.image }}',
    '<image>',
    'ko://a.example/b',
    'API_IMAGE',
    '%IMAGE%',
    'a.example/@PROJECT@/b',
  ])('%s', (text) => expect(isImagePlaceholder(text)).toBe(true));
  it.each(['nginx', 'a.example/API', 'a:V1', 'https://a.example/b'])('not %s', (text) =>
    expect(isImagePlaceholder(text)).toBe(false),
  );
});

describe('tagMobility', () => {
  it.each([undefined, 'latest'])('%s', (tag) => expect(tagMobility(tag)).toBe('latest'));
  it.each([
    '1',
    'v2',
    '1.27',
    '16-alpine',
    'stable',
    'main',
    'main-12',
    '8-jre',
    'latest-alpine',
    'ubuntu-22.04',
  ])('%s moves', (tag) => expect(tagMobility(tag)).toBe('floating'));
  it.each([
    '1.27.3',
    'v1.2.3-alpine',
    '1.4-r12',
    '7.17-debian-11-r45',
    '2.0-rc1',
    'main-3f2c1a9',
    'v20260102-8b53cabe0',
    '2026-01-02',
    '1234567',
    'demo',
  ])('%s stays', (tag) => expect(tagMobility(tag)).toBe('fixed'));
});

describe('registries', () => {
  it.each(['docker.io', 'eu.gcr.io', 'k8s.gcr.io', 'public.ecr.aws'])('%s is public', (registry) =>
    expect(isPublicRegistry(registry)).toBe(true),
  );
  it.each(['registry.clinic.example', 'clinic.azurecr.io', 'notquay.io', 'europe-docker.pkg.dev'])(
    '%s is not',
    (registry) => expect(isPublicRegistry(registry)).toBe(false),
  );

  it.each([
    ['registry.example/team/api', 'registry.example', true],
    ['registry.example/team/api', 'registry.example/team', true],
    ['registry.example/team-b/api', 'registry.example/team', false],
    ['registry.example/team/api', 'https://Registry.example/team/', true],
    ['eu.registry.example/api', '*.registry.example', true],
    ['registry.example.evil/api', 'registry.example', false],
    ['nginx', 'docker.io/library/nginx', true],
    ['nginx', 'docker.io/*', true],
    ['registry.example:5000/api', 'registry.example', false],
  ])('%s under %s: %s', (text, entry, allowed) => expect(isAllowedImage(image(text), [entry])).toBe(allowed));

  it('finds mirrors for the longest prefix first', () => {
    const mirrors = {
      'docker.io': 'r.example/hub',
      'docker.io/library/': 'r.example/official/',
      'docker.io/lib': 'r.example/no',
    };
    expect(mirroredReferences(image(`nginx:1.27.1@${DIGEST}`), mirrors)).toEqual([
      `r.example/official/nginx:1.27.1@${DIGEST}`,
      `r.example/hub/library/nginx:1.27.1@${DIGEST}`,
    ]);
  });
});
