import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import { type Finding, isActive } from '../engine/finding.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import type { Say } from '../l10n/say.ts';
import { POD_SECURITY_RULES } from '../rules/pod-security-standards.ts';
import type { Fix } from '../rules/rule.ts';
import type { CheckedFile } from '../workspace/file-checker.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { filesFixed } from './file-edits.ts';
import { findingsWithin } from './findings-at.ts';
import {
  HARDEN_FILE_TITLE,
  HARDEN_POD_TITLE,
  type HardenTarget,
  isHardenedBy,
  targetOf,
} from './harden-actions.ts';
import { FIX_ALL_KIND, HARDEN_KIND, REDACT_KIND } from './protocol.ts';
import { REDACT_FILE_TITLE, redactionOf } from './redact-actions.ts';
import { type EditCapabilities, workspaceEdit } from './workspace-edits.ts';

/** What an action for many findings carries until it is resolved. */
interface LaterData {
  readonly fixAll?: string;
  readonly harden?: HardenTarget;
  /** The URI of the file. */
  readonly redact?: string;
}

/** What is done to a file. */
interface Repair {
  readonly uri: string;
  readonly level: FixLevel;
  readonly only?: (finding: Finding) => boolean;
  readonly choose?: (finding: Finding) => Fix | undefined;
}

/**
 * Actions for many findings of a file at once. Making their edits takes its time in a large file, so menus get them without, where they can ask for
 * that later.
 */
export class FileActions {
  readonly #workspace: Workspace;
  readonly #edits: EditCapabilities;
  readonly #resolvesEdits: boolean;
  readonly #say: Say;

  constructor(workspace: Workspace, edits: EditCapabilities, resolvesEdits: boolean, say: Say) {
    this.#workspace = workspace;
    this.#edits = edits;
    this.#resolvesEdits = resolvesEdits;
    this.#say = say;
  }

  /** All safe fixes of a file, with their edit. */
  fixAllNow(uri: string): CodeAction[] {
    return this.#now(this.#fixAllAction(), { uri, level: 'safe' });
  }

  /** The same for a menu. */
  fixAll(uri: string, file: CheckedFile): CodeAction[] {
    const hasSafeFix = ({ fixes }: Finding) => fixes.some(({ applicability }) => applicability === 'safe');
    if (this.#resolvesEdits && !allFindings(file).some(hasSafeFix)) return [];
    return this.#offered(this.#fixAllAction(), { fixAll: uri });
  }

  /** One action for the whole pod, where the caret stands on one of its findings and others could go with it. */
  hardenPod(uri: string, file: CheckedFile, range: Range): CodeAction[] {
    const here = findingsWithin(file, range).find(({ finding }) => POD_SECURITY_RULES.has(finding.rule));
    if (here?.finding.resource === undefined) return [];
    const target = targetOf(uri, here.finding.resource);
    return this.#harden({ title: this.#say(HARDEN_POD_TITLE), kind: CodeActionKind.QuickFix }, target, file);
  }

  hardenFile(uri: string, file: CheckedFile): CodeAction[] {
    return this.#harden({ title: this.#say(HARDEN_FILE_TITLE), kind: HARDEN_KIND }, { uri }, file);
  }

  redactFile(uri: string, file: CheckedFile): CodeAction[] {
    const findings = allFindings(file).filter(isActive);
    if (!findings.some((finding) => redactionOf(finding) !== undefined)) return [];
    return this.#offered({ title: this.#say(REDACT_FILE_TITLE), kind: REDACT_KIND }, { redact: uri });
  }

  /** The file that an action without its edit is about; undefined for other actions. */
  static fileOf({ data }: CodeAction): string | undefined {
    return repairOf((data ?? {}) as LaterData)?.uri;
  }

  /** Adds the edit to an action that came without. */
  resolve(action: CodeAction): CodeAction {
    const repair = repairOf((action.data ?? {}) as LaterData);
    const [resolved] = repair === undefined ? [] : this.#now(action, repair);
    return resolved ?? action;
  }

  #harden(action: CodeAction, target: HardenTarget, file: CheckedFile): CodeAction[] {
    const findings = allFindings(file).filter(isActive);
    const fixable = findings.filter((finding) => finding.fixes.length > 0 && isHardenedBy(target, finding));
    // A single finding has its own fix.
    return fixable.length < 2 ? [] : this.#offered(action, { harden: target });
  }

  #offered(action: CodeAction, data: LaterData): CodeAction[] {
    if (this.#resolvesEdits) return [{ ...action, data }];
    const repair = repairOf(data);
    return repair === undefined ? [] : this.#now(action, repair);
  }

  #now(action: CodeAction, { uri, level, only, choose }: Repair): CodeAction[] {
    const open = this.#workspace.file(uri);
    const fixed = this.#workspace.fixAll(uri, level, only, choose);
    if (open === undefined || fixed === undefined || fixed.applied === 0) return [];
    return [{ ...action, edit: workspaceEdit(filesFixed(open, fixed), this.#edits) }];
  }

  #fixAllAction(): CodeAction {
    return { title: this.#say('Fix all Kube Safeguards findings that are safe to fix'), kind: FIX_ALL_KIND };
  }
}

function repairOf({ fixAll, harden, redact }: LaterData): Repair | undefined {
  if (fixAll !== undefined) return { uri: fixAll, level: 'safe' };
  if (redact !== undefined) {
    const hasRedaction = (finding: Finding) => redactionOf(finding) !== undefined;
    return { uri: redact, level: 'all', only: hasRedaction, choose: redactionOf };
  }
  if (harden === undefined) return undefined;
  return { uri: harden.uri, level: 'all', only: (finding) => isHardenedBy(harden, finding) };
}

function allFindings(file: CheckedFile): Finding[] {
  return file.documents.flatMap(({ result }) => result.findings);
}

/** Reads what all findings of an open file are repaired with. */
export async function prepareAllRepairs(workspace: Workspace, uri: string): Promise<void> {
  const file = workspace.check(uri);
  if (file !== undefined) await workspace.prepareRepairs(uri, allFindings(file));
}
