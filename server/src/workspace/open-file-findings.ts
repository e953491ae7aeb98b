import type { CheckedFile } from './file-checker.ts';
import type { SkipReason } from './file-system.ts';
import { folderIn, type OpenState } from './open-files.ts';
import type { WorkspaceParts } from './workspace-parts.ts';

/** A checked file, or one that is not checked and why. */
export type CheckedOpenFile = CheckedFile & { readonly skipped?: SkipReason };

type Parts = Pick<WorkspaceParts, 'surroundings' | 'openFiles' | 'chartFindings' | 'overlays'>;

/** The findings of an open file, by what is known so far: what it says itself, where kustomizations deploy it, and what a chart makes of it. */
export function checkOpenFile(state: OpenState, parts: Parts): CheckedOpenFile {
  const { openFiles } = parts;
  openFiles.tellAllFacts(state);
  if (!openFiles.isTooLarge(state)) return findingsOf(state, parts);
  openFiles.tellFacts(state);
  return { uri: state.uri, documents: [], ...(openFiles.holdsManifests(state) && { skipped: 'too-large' }) };
}

function findingsOf(
  state: OpenState,
  { surroundings, openFiles, chartFindings, overlays }: Parts,
): CheckedFile {
  const { key, uri, source } = state;
  const { index } = surroundings.scopeOf(key);
  if (chartFindings.isTemplate(key)) {
    index.set(folderIn(state), key, { facts: [], complete: false, isManifest: true });
    return { uri, documents: chartFindings.in(state, []) };
  }
  const { file } = openFiles.checkerOf(state);
  const alone = file.check(uri, source.documents, (facts) => {
    index.set(folderIn(state), key, { ...facts, isManifest: true });
    state.told = state.version;
    return index.worldOf(folderIn(state), key);
  });
  const own = overlays.findings.in(key, alone, () => source.text);
  const inChart = chartFindings.in(state, own.documents);
  return inChart.length === 0 ? own : { ...own, documents: [...own.documents, ...inChart] };
}
