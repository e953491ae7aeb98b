import { ChartFindings } from './chart-findings.ts';
import { Charts } from './charts.ts';
import { Checkers, type CheckersHost } from './checkers.ts';
import { ClosedFiles } from './closed-files.ts';
import { Configurations } from './configurations.ts';
import { DeployedRepairs } from './deployed-repairs.ts';
import { EditorSettings } from './editor-settings.ts';
import { FileFixes } from './file-fixes.ts';
import type { FileSystem, SkipReason } from './file-system.ts';
import { Names } from './names.ts';
import { maxFileSizeIn, OpenFiles, type OpenState } from './open-files.ts';
import { Surroundings } from './surroundings.ts';
import { canonicalUri, childUri, folderOf } from './uris.ts';
import { WorkspaceOverlays } from './workspace-overlays.ts';

/** What a workspace is given by its host. */
export interface WorkspaceHost extends CheckersHost {
  readonly fileSystem: FileSystem;
  /** Told of each file that is left out, once. */
  onSkipped(uri: string, reason: SkipReason): void;
  /** Told whether somebody has begun to work in a chart of many templates, and when nobody does any more. */
  onLargeCharts?(areOpen: boolean): void;
}

/** What a workspace consists of. */
export interface WorkspaceParts {
  readonly configurations: Configurations;
  readonly settings: EditorSettings;
  readonly surroundings: Surroundings;
  readonly checkers: Checkers;
  readonly openFiles: OpenFiles;
  readonly closedFiles: ClosedFiles;
  readonly charts: Charts;
  readonly chartFindings: ChartFindings;
  readonly overlays: WorkspaceOverlays;
  readonly deployedRepairs: DeployedRepairs;
  readonly fixes: FileFixes;
  readonly names: Names;
  /** By URI. */
  readonly skipped: ReadonlyMap<string, SkipReason>;
}

/** The only place that wires a workspace. */
export function workspacePartsOf(host: WorkspaceHost): WorkspaceParts {
  const { fileSystem } = host;
  const today = () => host.today();
  const checkers = new Checkers(host);
  const settings = new EditorSettings();
  const configurations = new Configurations(fileSystem, host.rules);
  const skipped = new Map<string, SkipReason>();
  const rootOf = (uri: string) => surroundings.rootOf(uri);
  const maxFileSize = (uri: string) => maxFileSizeIn(settings, rootOf(uri));
  const surroundings: Surroundings = new Surroundings({
    fileSystem,
    maxFileSize,
    isOpen: (uri) => openFiles.has(uri),
    onSkipped: (uri, reason) => {
      if (skipped.get(uri) === reason) return;
      skipped.set(uri, reason);
      host.onSkipped(uri, reason);
    },
  });
  const reading = { surroundings, configurations, checkers, settings };
  const openFiles = new OpenFiles(reading);
  const charts = new Charts({ fileSystem, rootOf });
  const factsAround = (uri: string) => surroundings.scopeOf(uri).index;
  const closedDocuments = async (uri: string) => (await closedFiles.check(uri))?.file.documents ?? [];
  const chartFindings: ChartFindings = new ChartFindings({
    ...{ ...reading, charts, openFiles, today, rootOf, factsAround, closedDocuments },
    onLargeCharts: (areOpen) => host.onLargeCharts?.(areOpen),
  });
  const documentRules = host.rules.filter(({ meta }) => meta.scope === 'document').map(({ id }) => id);
  const overlays = new WorkspaceOverlays({
    fileSystem,
    maxFileSize,
    openText: (uri) => openFiles.textOf(uri),
    roots: () => surroundings.roots.map((root) => surroundings.scopeOf(childUri(root, 'any'))),
    checkerFor: async (folder) => {
      const source = await configurations.sourceOf(childUri(folder, 'any'));
      return checkers.for(configurations.merged(source, settings.in(rootOf(folder))));
    },
    documentRules: new Set(documentRules),
    today,
  });
  const { findings: deployed } = overlays;
  const deployedRepairs = new DeployedRepairs(overlays, openFiles);
  const fixes = new FileFixes({ surroundings, openFiles, charts: chartFindings, deployed, deployedRepairs });
  const closedFiles: ClosedFiles = new ClosedFiles({ ...reading, deployed });
  const names = new Names({
    surroundings,
    openFiles: () => openFiles.all.map((state) => namesIn(state, openFiles)),
    closedFiles: () => closedManifestsIn({ surroundings, openFiles, chartFindings }),
    isPart: (key) => worldAround(canonicalUri(key), surroundings).usedAs === 'part',
    isComplete: (key) => worldAround(canonicalUri(key), surroundings).complete,
  });
  return {
    ...{ ...reading, openFiles, closedFiles, charts, chartFindings },
    ...{ overlays, deployedRepairs, fixes, names, skipped },
  };
}

function namesIn(state: OpenState, openFiles: OpenFiles) {
  const { uri, key, source } = state;
  const names = () =>
    openFiles.isTooLarge(state) ? undefined : openFiles.checkerOf(state).file.namesIn(source.documents);
  return { uri, key, names };
}

/** What is known around a file. @param key its canonical URI */
export function worldAround(key: string, surroundings: Surroundings) {
  return surroundings.scopeOf(key).index.worldOf(folderOf(key) ?? key, key);
}

type FilesOfWorkspace = Pick<WorkspaceParts, 'surroundings' | 'openFiles' | 'chartFindings'>;

/** The files in the workspace folders that may have findings and are not open. All URIs are canonical. */
export function closedManifestsIn(files: FilesOfWorkspace): string[] {
  return files.surroundings.manifests.filter((uri) => isClosed(uri, files));
}

/** Whether the findings of a file are its own, and it is not open. */
export function isClosed(uri: string, files: Omit<FilesOfWorkspace, 'surroundings'>): boolean {
  return !files.openFiles.has(uri) && !files.chartFindings.isRendered(uri);
}
