import type { Finding } from '../engine/finding.ts';
import { type FixAllResult, type FixLevel, fixAll } from '../engine/fix-all.ts';
import type { Fix } from '../rules/rule.ts';
import { PieceText } from '../syntax/piece-text.ts';
import type { TextEdit } from '../syntax/ranges.ts';
import type { ChartFindings } from './chart-findings.ts';
import { roleOf } from './chart-values.ts';
import type { DeployedFindings } from './deployed-findings.ts';
import type { DeployedRepairs } from './deployed-repairs.ts';
import type { DerivedFixes } from './derived-repairs.ts';
import { type EditTarget, folderIn, type OpenFiles, type OpenState } from './open-files.ts';
import type { Surroundings } from './surroundings.ts';
import { isTemplate } from './templates.ts';

/** What fixing a file comes to. */
export interface FixAllOfFile extends FixAllResult {
  /** Edits of other files, in offsets of their texts. */
  readonly elsewhere: readonly { readonly target: EditTarget; readonly edits: readonly TextEdit[] }[];
}

/** Which findings are fixed, and how. */
export interface FixChoice {
  readonly level: FixLevel;
  /** Leaves out findings; absent: all active ones. */
  readonly only?: ((finding: Finding) => boolean) | undefined;
  /** Chooses among the fixes of a finding; absent: the recommended one. */
  readonly choose?: ((finding: Finding) => Fix | undefined) | undefined;
}

export interface FileFixesParts {
  readonly openFiles: OpenFiles;
  readonly surroundings: Surroundings;
  readonly charts: ChartFindings;
  readonly deployed: DeployedFindings;
  readonly deployedRepairs: DeployedRepairs;
}

const NOTHING: DerivedFixes = { edited: [], applied: 0 };

/** Fixes an open file as it is now, and what a chart renders from it. */
export class FileFixes {
  readonly #parts: FileFixesParts;

  constructor(parts: FileFixesParts) {
    this.#parts = parts;
  }

  fixAll(state: OpenState, { level, only = () => true, choose }: FixChoice): FixAllOfFile {
    const { openFiles, surroundings, charts } = this.#parts;
    const { key, source, languageId } = state;
    // Which fix to take is chosen for what stands in the file itself.
    const { edited, applied } = choose === undefined ? this.#fixDerived(key, level, only) : NOTHING;
    const pieces =
      edited.find(({ target }) => target.source === source)?.pieces ?? new PieceText(source.text);
    const elsewhere = edited
      .filter(({ target }) => target.source !== source)
      .map(({ target, pieces: { edits } }) => ({ target, edits }));
    const { index } = surroundings.scopeOf(key);
    const isThere = this.#fixableIn(state);
    const own = fixAll(pieces.text, {
      checker: openFiles.checkerOf(state).contained.checker,
      worldOf: (facts) => index.worldWith(folderIn(state), key, facts),
      level,
      only: (finding) => only(finding) && isThere(finding),
      file: key,
      role: roleOf(key),
      ...(choose && { choose }),
      isSkipped: ({ parsed }) => isTemplate(key, languageId, parsed) || charts.isTemplate(key),
    });
    pieces.apply(own.edits);
    return { edits: pieces.edits, text: pieces.text, applied: applied + own.applied, elsewhere };
  }

  /** Fixes what a chart renders from a file, or kustomizations build from it. */
  #fixDerived(key: string, level: FixLevel, only: (finding: Finding) => boolean): DerivedFixes {
    const inChart = this.#parts.charts.fixAll(key, level, only);
    return inChart.applied > 0 ? inChart : this.#parts.deployedRepairs.fixAll(key, level, only);
  }

  /** Which findings of a file are there to be fixed: not those that every overlay repairs. */
  #fixableIn(state: OpenState): (finding: Finding) => boolean {
    const { openFiles, surroundings, deployed } = this.#parts;
    const { index } = surroundings.scopeOf(state.key);
    const { file } = openFiles.checkerOf(state);
    const alone = file.check(state.uri, state.source.documents, () =>
      index.worldOf(folderIn(state), state.key),
    );
    return deployed.fixable(state.key, alone);
  }
}
