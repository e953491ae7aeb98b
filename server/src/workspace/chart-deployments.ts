import { type Application, withoutPatterns } from '../analysis/gitops/index.ts';
import type { ChartDeployment } from '../engine/derived/application-sets.ts';

/** An application and where it stands, as absolute paths or URIs. */
export interface PlacedApplication {
  readonly application: Application;
  readonly folder: string;
  readonly file: string;
}

/** How paths are written. */
export interface PathStyle {
  /** The file or folder that a path names from a folder. */
  join(folder: string, path: string): string;
  /** The way from a folder to a file in it, with `/` between the parts. */
  relative(folder: string, file: string): string;
}

/** Folders above an application in which the root of its repository is looked for. */
const MAX_LEVELS = 24;

/**
 * The folder that an application deploys. Its path starts at the root of its repository, which need not be the folder that is looked at: so it
 * is the outermost folder around the application that has such a folder.
 *
 * @param isKnown whether there is something in a folder that the application could deploy
 */
export function deployedFolder(
  { application: { path }, folder }: Pick<PlacedApplication, 'application' | 'folder'>,
  isKnown: (folder: string) => boolean,
  { join }: Pick<PathStyle, 'join'>,
): { readonly root: string; readonly folder: string } | undefined {
  let found: { root: string; folder: string } | undefined;
  let root = folder;
  for (let level = 0; level < MAX_LEVELS; level++) {
    const deployed = path === '' ? root : join(root, path);
    if (isKnown(deployed)) found = { root, folder: deployed };
    const parent = join(root, '..');
    // Everything around a folder has no path in it: the nearest is meant.
    if (parent === root || (path === '' && found !== undefined)) break;
    root = parent;
  }
  return found;
}

/** Files that applications may take values from. */
export interface ValuesPlaces {
  /** The files in a folder. */
  neighboursOf(folder: string): readonly string[];
  /** The files in a folder and those below it. */
  filesBelow(folder: string): readonly string[];
}

/**
 * By what applications each chart is deployed.
 *
 * @param charts their folders
 */
export function chartDeployments(
  applications: Iterable<PlacedApplication>,
  charts: ReadonlySet<string>,
  { neighboursOf, filesBelow }: ValuesPlaces,
  style: PathStyle,
): Map<string, ChartDeployment[]> {
  const byChart = new Map<string, ChartDeployment[]>();
  if (charts.size === 0) return byChart;
  for (const placed of applications) {
    const { application, file, folder } = placed;
    if (application.deploys === 'manifests') continue;
    const deployed = deployedFolder(placed, (candidate) => charts.has(candidate), style);
    if (deployed === undefined) continue;
    const { root, folder: chart } = deployed;
    const neighbours = neighboursOf(folder).filter((other) => other !== file);
    const fromRoot = () => filesBelow(root).map((other) => style.relative(root, other));
    const helm = application.helm && withoutPatterns(application.helm, application.path, fromRoot);
    const deployment = {
      application: helm === application.helm ? application : { ...application, helm },
      file: style.relative(root, file),
      neighbours: neighbours.map((other) => style.relative(root, other)),
    };
    byChart.set(chart, [...(byChart.get(chart) ?? []), deployment]);
  }
  return byChart;
}
