import { type Application, isSelected } from '../analysis/gitops/index.ts';
import { partFor } from '../engine/derived/overlay-sources.ts';
import { deployedFolder, type PathStyle, type PlacedApplication } from './chart-deployments.ts';
import { isBelow, parentOf, pathBelow } from './folder-paths.ts';

/** Folders that deploy apart where their choices differ. */
export interface Fork {
  /** By folder, with what is in it. */
  readonly choices: ReadonlyMap<string, string>;
}

/** What applications make of folders. */
export interface ApplicationFolders {
  readonly forks: readonly Fork[];
  /** Where things go that name no namespace; undefined where no application says so. */
  namespaceOf(folder: string): string | undefined;
  /** Whether the applications that deploy the folder of a file leave that out, all of them. */
  leavesOut(folder: string, file: string): boolean;
  /** The applications that deploy this very folder. */
  deploymentsOf(folder: string): readonly PlacedApplication[];
}

export const NO_APPLICATIONS: ApplicationFolders = {
  forks: [],
  namespaceOf: () => undefined,
  leavesOut: () => false,
  deploymentsOf: () => [],
};

interface Deployed {
  readonly application: Application;
  readonly placed: PlacedApplication;
  readonly folder: string;
}

/**
 * What the applications in view make of folders. Two that deploy to different clusters deploy apart, and so do two of the same name, which cannot
 * be in one cluster. Those of one cluster share its namespaces and policies, and are looked at together.
 *
 * @param known folders that hold files
 */
export function applicationFolders(
  applications: readonly PlacedApplication[],
  known: Iterable<string>,
  style: Pick<PathStyle, 'join'>,
): ApplicationFolders {
  const around = withParents(known);
  const deployed = applications.flatMap((placed): Deployed[] => {
    const { application } = placed;
    // What a chart gives is a world of its own; what the root holds is everything.
    if (application.deploys === 'chart' || application.path === '') return [];
    const found = deployedFolder(placed, (folder) => around.has(folder), style);
    return found === undefined ? [] : [{ application, placed, folder: found.folder }];
  });
  const targets = targetsOf(deployed);
  const byFolder = new Map<string, PlacedApplication[]>();
  const byPlace = new Map<string, Application>();
  for (const { folder, placed, application } of deployed) {
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), placed]);
    byPlace.set(style.join(folder, partFor(application)), application);
  }
  return {
    forks: [...namesakes(deployed), ...clusters(deployed)],
    namespaceOf: (folder) => {
      const amended = byPlace.get(folder);
      return amended === undefined ? targetAt(folder.replace(AMENDED, ''), targets) : namespaceIn(amended);
    },
    leavesOut: leftOut(deployed),
    deploymentsOf: (folder) => byFolder.get(folder) ?? [],
  };
}

function withParents(folders: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const folder of folders) {
    for (let each = folder; each !== '' && !all.has(each); each = parentOf(each)) all.add(each);
  }
  return all;
}

interface Target {
  readonly namespace: string | undefined;
  readonly recurses: boolean;
}

function targetsOf(deployed: readonly Deployed[]): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const { application, folder } of deployed) {
    const { recurses } = application;
    const namespace = namespaceIn(application);
    const known = targets.get(folder);
    const isSame = known === undefined || known.namespace === namespace;
    targets.set(folder, {
      namespace: isSame ? namespace : undefined,
      recurses: recurses || known?.recurses === true,
    });
  }
  return targets;
}

/** What a template or variable stands for is not known. */
function namespaceIn({ targetNamespace = '' }: Application): string | undefined {
  return /^[a-z0-9][a-z0-9-]*$/.test(targetNamespace) ? targetNamespace : undefined;
}

/** What an application makes of a folder, whose place is in that. */
const AMENDED = /[/\\](?:#|%23)[^/\\]*$/;

/** The innermost application with a folder counts. */
function targetAt(folder: string, targets: ReadonlyMap<string, Target>): string | undefined {
  if (targets.size === 0) return undefined;
  for (let each = folder; each !== ''; each = parentOf(each)) {
    const target = targets.get(each);
    if (target !== undefined && (target.recurses || each === folder)) return target.namespace;
  }
  return undefined;
}

/** Tells files that no application deploys which deploys what is around them. */
function leftOut(deployed: readonly Deployed[]): ApplicationFolders['leavesOut'] {
  if (deployed.every(({ application }) => application.selection === undefined)) return () => false;
  const known = new Map<string, boolean>();
  return (inFolder, file) => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const around = deployed.filter(
      ({ folder, application: { recurses } }) =>
        folder === inFolder || (recurses && isBelow(inFolder, folder)),
    );
    const isLeftOut =
      around.length > 0 &&
      around.every(
        ({ folder, application: { selection } }) =>
          selection !== undefined && !isSelected(selection, pathBelow(folder, file)),
      );
    known.set(file, isLeftOut);
    return isLeftOut;
  };
}

/** Folders that applications of one name deploy: each is in a cluster of its own. */
function namesakes(deployed: readonly Deployed[]): Fork[] {
  const byName = new Map<string, Set<string>>();
  for (const { application, folder } of deployed) {
    const { tool, kind, namespace = '', name } = application;
    if (name === '') continue;
    const key = JSON.stringify([tool, kind, namespace, name]);
    byName.set(key, (byName.get(key) ?? new Set()).add(folder));
  }
  return [...byName.values()].flatMap((folders) => {
    const all = [...folders];
    const isNested = all.some((folder) => all.some((other) => isBelow(other, folder)));
    return all.length < 2 || isNested ? [] : [{ choices: new Map(all.map((folder) => [folder, folder])) }];
  });
}

/** How Argo CD calls the cluster that it runs in. */
const OWN_CLUSTER = /^(?:in-cluster|https:\/\/kubernetes\.default\.svc\/?)$/;

/** Addresses of clusters are compared with each other, and names with names: one cluster may have both. */
function clusters(deployed: readonly Deployed[]): Fork[] {
  return [true, false].flatMap((isAddress) => {
    const choices = new Map<string, string>();
    const shared = new Set<string>();
    for (const { application, folder } of deployed) {
      const { cluster = '' } = application;
      const isOwn = OWN_CLUSTER.test(cluster);
      if (cluster === '' || cluster.includes('{{') || (!isOwn && cluster.includes('://') !== isAddress))
        continue;
      const choice = isOwn ? 'in-cluster' : cluster;
      const known = choices.get(folder);
      if (known !== undefined && known !== choice) shared.add(folder);
      choices.set(folder, choice);
    }
    for (const folder of shared) choices.delete(folder);
    return new Set(choices.values()).size > 1 ? [{ choices }] : [];
  });
}
