import { claimsOf } from '../../analysis/encryption/claims.ts';
import {
  ebsSourceOf,
  isPersistentVolume,
  plainSourceOf,
  plainTransitOf,
} from '../../analysis/encryption/persistent-volumes.ts';
import type { Encryption } from '../../analysis/encryption/storage-classes.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type Fix, type RelatedObject, type RuleContext } from '../rule.ts';

/**
 * A claim on a class that does not encrypt, or a PersistentVolume that cannot. A claim without a class gets the default class of the workspace when there is
 * one; otherwise the cluster decides, which is said as information.
 *
 * Source: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1
 */
export const volumeUnencrypted = defineRule({
  id: 'volume-unencrypted',
  meta: {
    title: 'Volume without encryption',
    safeguard: 'encryption-at-rest',
    rationale:
      'What a database writes to this volume lies on the disk in plain text. Whoever gets the disk, a snapshot or a backup of it reads ePHI without any of the controls above it.',
    remediation: 'Name a StorageClass that encrypts.',
    references: {
      hipaa: ['164.312(a)(2)(iv)'],
      nist: ['SC-28', 'SC-28(1)'],
      urls: ['https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1'],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      plainClass:
        'StorageClass "{storageClass}" does not encrypt, so ePHI on this volume lies in plain text. Use a class that does.',
      plainSource:
        'This volume is {source}, which is not encrypted by Kubernetes, so ePHI on it lies in plain text. Encrypt the disk, or use an encrypted class.',
      plainTransit:
        'Files of this EFS volume cross the network without TLS, ePHI included. Set encryptInTransit to true.',
      unknownSource:
        'Nothing here tells whether this EBS volume was made with encryption for the ePHI on it. Name a class that encrypts, and keep the evidence.',
      noClass:
        'No class is named, so the default of the cluster decides whether ePHI here is encrypted. Name a class that encrypts.',
    },
  },
  resource: {
    check(resource, context) {
      const { report, world } = context;
      const transit = plainTransitOf(resource);
      if (transit !== undefined)
        report({ at: transit, messageId: 'plainTransit', fixes: [encryptTransit(transit)] });
      if (isPersistentVolume(resource)) {
        checkPersistentVolume(resource, context);
        return;
      }
      for (const { claim, className } of claimsOf(resource)) {
        const path = className?.path ?? [...claim.path, 'storageClassName'];
        const fixes = encryptedClasses(path, world);
        if (className?.text === '') continue; // bound to a PersistentVolume by hand, which is judged itself
        const storageClass = className?.text ?? defaultClass(world);
        if (storageClass === undefined) {
          if (world.complete)
            report({
              at: claim,
              missing: ['storageClassName'],
              messageId: 'noClass',
              fixes,
              severity: 'information',
            });
        } else if (encryptionIn(world, storageClass) === 'off') {
          const place =
            className === undefined ? { at: claim, missing: ['storageClassName'] } : { at: className };
          report({
            ...place,
            messageId: 'plainClass',
            data: { storageClass },
            relatedObjects: [classNamed(storageClass)],
            fixes,
          });
        }
      }
    },
  },
});

type Context = RuleContext<'plainSource' | 'plainClass' | 'unknownSource'>;

function checkPersistentVolume(volume: Resource, { report, world }: Context): void {
  const plain = plainSourceOf(volume);
  if (plain !== undefined) {
    report({ at: { key: plain.source }, messageId: 'plainSource', data: { source: plain.words } });
    return;
  }
  const className = volume.spec?.get('storageClassName');
  const encryption = encryptionIn(world, className?.text ?? '');
  const ebs = ebsSourceOf(volume);
  if (className !== undefined && encryption === 'off') {
    const name = className.text ?? '';
    report({
      at: className,
      messageId: 'plainClass',
      data: { storageClass: name },
      relatedObjects: [classNamed(name)],
      fixes: encryptedClasses(className.path, world),
    });
  } else if (ebs !== undefined && encryption === 'unknown' && world.complete) {
    report({ at: ebs, messageId: 'unknownSource', severity: 'information' });
  }
}

function classNamed(name: string): RelatedObject {
  return objectOf({ kind: 'StorageClass', name, namespace: undefined }, 'The class does not encrypt.');
}

function encryptTransit(transit: Value): Fix {
  const operations = [set(transit.path, 'true')];
  return { title: 'Set encryptInTransit: "true"', applicability: 'review', operations };
}

function defaultClass(world: World): string | undefined {
  return world.facts('storage-class').find(({ isDefault }) => isDefault)?.name;
}

function encryptionIn(world: World, name: string): Encryption {
  return world.facts('storage-class').find((fact) => fact.name === name)?.encryption ?? 'unknown';
}

function encryptedClasses(path: Value['path'], world: World): Fix[] {
  return world
    .facts('storage-class')
    .filter(({ encryption }) => encryption === 'on')
    .map(({ name }) => ({
      title: `Use StorageClass "${name}"`,
      applicability: 'review',
      operations: [set(path, name)],
    }));
}
