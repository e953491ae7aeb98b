import { type Application, filledIn, hasParameters } from '../../analysis/gitops/index.ts';
import { type Amendment, joinPath } from '../../kustomize/index.ts';

/** What is built: a kustomization as it is, or as an application amends it. */
export interface OverlaySource {
  /** The path of the folder; of what an application makes of it, with a last part that names that. Empty for the root of the files. */
  readonly name: string;
  /** The path of the folder with the kustomization. */
  readonly folder: string;
  readonly amendment?: Amendment | undefined;
  /** The same for what is built in the same way. */
  readonly key: string;
}

/** An application that deploys a folder. */
export interface FolderDeployment {
  readonly application: Application;
  /** The path of the manifest with it; undefined where that cannot be read. */
  readonly file: string | undefined;
}

/** More of what applications make of one folder is not built. */
const MAX_AMENDED = 12;

/**
 * What is deployed: the kustomizations that no other one builds on, and those that applications deploy, as these amend them. Components are
 * never deployed by themselves.
 *
 * @param folders those with a kustomization
 * @param referencesOf the folders that a kustomization names
 */
export function deployedSources(
  folders: readonly string[],
  referencesOf: (folder: string) => { readonly folders: readonly string[]; readonly isComponent: boolean },
  deploymentsOf: (folder: string) => readonly FolderDeployment[],
): OverlaySource[] {
  const used = new Set<string>();
  const deployed = folders.filter((folder) => {
    const { folders: named, isComponent } = referencesOf(folder);
    for (const name of named) used.add(name);
    return !isComponent;
  });
  return deployed.flatMap((folder) => {
    const deployments = deploymentsOf(folder);
    if (deployments.length === 0) return used.has(folder) ? [] : [{ name: folder, folder, key: folder }];
    const amended = new Map(
      deployments.map(({ application, file }) => {
        const amendment = file === undefined ? undefined : amendmentOf(application, file);
        if (amendment === undefined) return [folder, { name: folder, folder, key: folder }] as const;
        const key = JSON.stringify([folder, amendment, application.kustomize?.parameters]);
        const name = joinPath(folder, partFor(application)) ?? folder;
        return [key, { name, folder, amendment, key }] as const;
      }),
    );
    return withNames([...amended.values()].slice(0, MAX_AMENDED));
  });
}

/** What an application makes of a folder has its place in it, under this name. */
export function partFor({ name, tool }: Pick<Application, 'name' | 'tool'>): string {
  return `#${name.replaceAll('/', '-')} (${tool})`;
}

/** Several may be called the same. */
function withNames(sources: readonly OverlaySource[]): OverlaySource[] {
  const counts = new Map<string, number>();
  return sources.map((source) => {
    const count = (counts.get(source.name) ?? 0) + 1;
    counts.set(source.name, count);
    return count === 1 ? source : { ...source, name: `${source.name} ${count}` };
  });
}

function amendmentOf({ tool, kustomize }: Application, file: string): Amendment | undefined {
  if (kustomize === undefined) return undefined;
  const { kind, name, path, parameters } = kustomize;
  return {
    ...{ tool, file, kind, name, path },
    fill: hasParameters(parameters) ? (text) => filledIn(text, parameters) : undefined,
  };
}
