import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Application } from '../../server/src/analysis/gitops/index.ts';
import { applicationFolders } from '../../server/src/workspace/application-folders.ts';
import { Units } from '../../server/src/workspace/units.ts';

const FOLDERS = ['/repo/argo', '/repo/apps/portal', '/repo/apps/ehr', '/repo/apps/ehr/db', '/repo/east/ehr'];

const application = (own: Partial<Application>): Application => ({
  tool: 'Argo CD',
  kind: 'Application',
  name: 'ehr',
  namespace: 'argocd',
  path: 'apps/ehr',
  deploys: 'anything',
  recurses: false,
  cluster: undefined,
  targetNamespace: undefined,
  overridesNamespace: false,
  kustomize: undefined,
  selection: undefined,
  helm: undefined,
  ...own,
});

function foldersOf(applications: readonly Partial<Application>[], folder = '/repo/argo') {
  const placed = applications.map((own) => ({
    application: application(own),
    folder,
    file: `${folder}/a.yaml`,
  }));
  return applicationFolders(placed, FOLDERS, { join: posix.join });
}

function areTogether(applications: readonly Partial<Application>[], folder: string, other: string): boolean {
  return new Units(FOLDERS, [], foldersOf(applications).forks).areTogether(folder, other);
}

describe('folders of applications', () => {
  it('deploy apart when they go to different clusters', () => {
    const east = { name: 'a', path: 'apps/ehr', cluster: 'https://east.example.com' };
    const west = { name: 'b', path: 'apps/portal', cluster: 'https://west.example.com' };
    expect(areTogether([east, west], '/repo/apps/ehr', '/repo/apps/portal')).toBe(false);
    expect(areTogether([east, west], '/repo/apps/ehr/db', '/repo/apps/portal')).toBe(false);
    expect(areTogether([east, west], '/repo/argo', '/repo/apps/portal')).toBe(true);
    const own = { ...west, cluster: 'https://kubernetes.default.svc' };
    expect(areTogether([east, own], '/repo/apps/ehr', '/repo/apps/portal')).toBe(false);
    // One may be the name of the other.
    const named = { ...west, cluster: 'east' };
    expect(areTogether([east, named], '/repo/apps/ehr', '/repo/apps/portal')).toBe(true);
    const alsoThere = { ...east, name: 'c', path: 'apps/portal' };
    expect(areTogether([east, west, alsoThere], '/repo/apps/ehr', '/repo/apps/portal')).toBe(true);
  });

  it('deploy together when they go to one cluster', () => {
    const applications = [
      { name: 'a', path: 'apps/ehr', targetNamespace: 'ehr' },
      { name: 'b', path: 'apps/portal', targetNamespace: 'portal' },
    ];
    expect(areTogether(applications, '/repo/apps/ehr', '/repo/apps/portal')).toBe(true);
  });

  it('deploy apart when applications of one name do so', () => {
    const applications = [{ path: 'apps/ehr' }, { path: 'east/ehr' }];
    expect(areTogether(applications, '/repo/apps/ehr', '/repo/east/ehr')).toBe(false);
    const nested = [{ path: 'apps' }, { path: 'apps/ehr' }];
    expect(areTogether(nested, '/repo/apps/portal', '/repo/apps/ehr')).toBe(true);
  });

  it('give their namespace to what names none', () => {
    const { namespaceOf } = foldersOf([{ targetNamespace: 'ehr' }]);
    expect(namespaceOf('/repo/apps/ehr')).toBe('ehr');
    expect(namespaceOf('/repo/apps/ehr/db')).toBeUndefined();
    expect(namespaceOf('/repo/apps/portal')).toBeUndefined();
    expect(foldersOf([{ targetNamespace: 'ehr', recurses: true }]).namespaceOf('/repo/apps/ehr/db')).toBe(
      'ehr',
    );
  });

  it('give none when it is not known which', () => {
    expect(foldersOf([{ targetNamespace: '{{ns}}' }]).namespaceOf('/repo/apps/ehr')).toBeUndefined();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as Flux substitutes it
    expect(foldersOf([{ targetNamespace: '${NS}' }]).namespaceOf('/repo/apps/ehr')).toBeUndefined();
    const two = [
      { name: 'a', targetNamespace: 'a' },
      { name: 'b', targetNamespace: 'b' },
    ];
    expect(foldersOf(two).namespaceOf('/repo/apps/ehr')).toBeUndefined();
  });

  it('are found wherever the repository begins', () => {
    expect(foldersOf([{ targetNamespace: 'ehr' }], '/repo/argo/deep/er').namespaceOf('/repo/apps/ehr')).toBe(
      'ehr',
    );
    expect(
      foldersOf([{ targetNamespace: 'ehr' }], '/other/argo').namespaceOf('/repo/apps/ehr'),
    ).toBeUndefined();
  });

  it('may be written with backslashes', () => {
    const placed = {
      application: application({ targetNamespace: 'ehr' }),
      folder: 'C:\\repo\\argo',
      file: '',
    };
    const { namespaceOf } = applicationFolders([placed], ['C:\\repo\\apps\\ehr'], { join: win32.join });
    expect(namespaceOf('C:\\repo\\apps\\ehr')).toBe('ehr');
  });
});
