import type { World } from '../analysis/world.ts';
import type { Configuration } from '../engine/configuration.ts';
import { type ConfigurationSource, isConfigurationFile } from './configurations.ts';
import type { CheckedFile } from './file-checker.ts';
import { checkOpenFile } from './open-file-findings.ts';
import { closedManifestsIn, isClosed, type WorkspaceParts, worldAround } from './workspace-parts.ts';

/** A file as evidence is gathered from it: what it says, its findings, and what is known around it. */
export interface EvidenceFile {
  readonly file: CheckedFile;
  readonly text: string;
  readonly world: World;
  readonly configuration: Configuration;
  /** Undefined where there are only defaults. */
  readonly configurationSource: ConfigurationSource | undefined;
  /** Whether it is nothing by itself, but a part of what a chart renders. */
  readonly isRendered: boolean;
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
    const isRendered = chartFindings.isTemplate(key);
    yield { file, text: source.text, world, configuration, configurationSource, isRendered };
  }
  const inOverlays = parts.overlays.findings.files.filter((uri) => isClosed(uri, parts));
  for (const key of new Set([...closedManifestsIn(parts), ...inOverlays])) {
    const checked = await closedFiles.check(key);
    const text = await surroundings.textOf(key);
    if (checked === undefined || text === undefined) continue;
    const source = await configurations.sourceOf(key);
    const configuration = configurations.merged(source, settings.in(surroundings.rootOf(key)));
    const world = worldAround(key, surroundings);
    yield { file: checked.file, text, world, configuration, configurationSource: source, isRendered: false };
  }
}
