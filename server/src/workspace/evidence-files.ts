import type { World } from '../analysis/world.ts';
import type { Configuration } from '../engine/configuration.ts';
import { type ConfigurationSource, isConfigurationFile } from './configurations.ts';
import type { CheckedFile } from './file-checker.ts';
import { checkOpenFile } from './open-file-findings.ts';
import { childUri, folderOf } from './uris.ts';
import type { DeployedOverlay } from './workspace-overlays.ts';
import { closedManifestsIn, isClosed, type WorkspaceParts, worldAround } from './workspace-parts.ts';

/** A file as evidence is gathered from it: what it says, its findings, and what is known around it. */
export interface EvidenceFile {
  readonly file: CheckedFile;
  readonly text: string;
  readonly world: World;
  readonly configuration: Configuration;
  /** Undefined where there are only defaults. */
  readonly configurationSource: ConfigurationSource | undefined;
  /** Whether it is nothing by itself, but a part of what a chart renders or a kustomization builds. */
  readonly isPart: boolean;
  /** The URI of the folder that deploys as a whole; undefined where everything deploys together. */
  readonly unit: string | undefined;
}

/** All files of the workspace that may have findings, as the editor has them where they are open. */
export async function* evidenceFilesIn(parts: WorkspaceParts): AsyncGenerator<EvidenceFile> {
  const { surroundings, configurations, settings, openFiles, closedFiles, chartFindings } = parts;
  for (const state of openFiles.all) {
    const { key, source, configurationSource } = state;
    if (isConfigurationFile(key)) continue;
    const file = checkOpenFile(state, parts);
    const configuration = openFiles.configurationOf(state);
    const world = worldAround(key, surroundings);
    const isPart = chartFindings.isTemplate(key) || isDeployed(key, parts);
    const unit = unitOf(key, parts);
    yield { file, text: source.text, world, configuration, configurationSource, isPart, unit };
  }
  const inOverlays = parts.overlays.findings.files.filter((uri) => isClosed(uri, parts));
  for (const key of new Set([...closedManifestsIn(parts), ...inOverlays])) {
    const checked = await closedFiles.check(key);
    const text = await surroundings.textOf(key);
    if (checked === undefined || text === undefined) continue;
    const source = await configurations.sourceOf(key);
    const configuration = configurations.merged(source, settings.in(surroundings.rootOf(key)));
    const world = worldAround(key, surroundings);
    const isPart = isDeployed(key, parts);
    const unit = unitOf(key, parts);
    yield { file: checked.file, text, world, configuration, configurationSource: source, isPart, unit };
  }
}

/** Whether kustomizations decide what becomes of a file. */
function isDeployed(key: string, { surroundings }: WorkspaceParts): boolean {
  return surroundings.scopeOf(key).index.isDeployed(key);
}

function unitOf(key: string, { surroundings }: WorkspaceParts): string | undefined {
  return surroundings.scopeOf(key).index.unitFolderOf(folderOf(key) ?? key);
}

/** What a kustomization deploys, with the configuration that counts there. */
export interface EvidenceOverlay extends DeployedOverlay {
  readonly configuration: Configuration;
}

/** What all kustomizations of the workspace deploy. */
export async function* evidenceOverlaysIn({
  overlays,
  surroundings,
  configurations,
  settings,
}: WorkspaceParts): AsyncGenerator<EvidenceOverlay> {
  for await (const deployed of overlays.deployed()) {
    const source = await configurations.sourceOf(childUri(deployed.uri, 'any'));
    const configuration = configurations.merged(source, settings.in(surroundings.rootOf(deployed.uri)));
    yield { ...deployed, configuration };
  }
}
