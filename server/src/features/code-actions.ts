import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver';
import type { DerivedPlan } from '../engine/derived/fix.ts';
import { type Finding, isActive } from '../engine/finding.ts';
import { insertionBehind } from '../engine/fix-all.ts';
import { type Plan, planFix, type Refusal } from '../engine/planner.ts';
import type { Say } from '../l10n/say.ts';
import { POD_SECURITY_RULES } from '../rules/pod-security-standards.ts';
import type { Fix } from '../rules/rule.ts';
import type { TextEdit } from '../syntax/ranges.ts';
import type { DerivedRepairs } from '../workspace/derived-repairs.ts';
import type { CheckedFile } from '../workspace/file-checker.ts';
import type { FixAllOfFile } from '../workspace/file-fixes.ts';
import type { EditTarget, OpenFile } from '../workspace/open-files.ts';
import { nameOf } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { allowOperation, allowTitle } from './allow-action.ts';
import { planConfiguration } from './configuration-edits.ts';
import { findingsWithin, type PlacedFinding } from './findings-at.ts';
import {
  HARDEN_FILE_TITLE,
  HARDEN_POD_TITLE,
  type HardenTarget,
  isHardenedBy,
  targetOf,
} from './harden-actions.ts';
import { ignoreEdits } from './ignore-action.ts';
import { nameFixes } from './names.ts';
import { DIAGNOSTIC_SOURCE, FIX_ALL_KIND, HARDEN_KIND, REDACT_KIND } from './protocol.ts';
import { REDACT_FILE_TITLE, redactionOf } from './redact-actions.ts';
import { toFileTextEdit, toTextEdit, touches } from './to-lsp.ts';
import { type EditCapabilities, type FileEdits, workspaceEdit } from './workspace-edits.ts';

export interface CodeActionCapabilities {
  readonly edits: EditCapabilities;
  /** Whether an action that cannot be done may be shown with the reason. */
  readonly disabled: boolean;
  /** Whether the edit of an action may be asked for later. */
  readonly resolvesEdits: boolean;
}

/** What an action for many findings carries until it is resolved. */
interface LaterData {
  readonly fixAll?: string;
  readonly harden?: HardenTarget;
  /** The URI of the file. */
  readonly redact?: string;
}

/** Why an action cannot be done, in the language of the editor. */
interface SaidRefusal {
  readonly refused: string;
}

/** Answers requests for code actions from the files as they are at that moment. */
export class CodeActions {
  readonly #workspace: Workspace;
  readonly #capabilities: CodeActionCapabilities;
  readonly #explainCommand: string | undefined;
  readonly #say: Say;

  /** @param explainCommand the client's command that tells more of a rule, where it has one */
  constructor(workspace: Workspace, capabilities: CodeActionCapabilities, say: Say, explainCommand?: string) {
    this.#say = say;
    this.#workspace = workspace;
    this.#capabilities = capabilities;
    this.#explainCommand = explainCommand;
  }

  /** Reads what is needed to answer, beside the file itself. */
  async prepare({ textDocument: { uri }, range, context }: CodeActionParams): Promise<void> {
    const file = this.#workspace.check(uri);
    if (file === undefined) return;
    const isForAll = context.only?.some((kind) => contains(kind, FIX_ALL_KIND)) === true;
    const within = findingsWithin(file, range).map(({ finding }) => finding);
    await this.#workspace.prepareRepairs(uri, isForAll ? allFindings(file) : within);
  }

  /** Reads what is needed to add its edit to an action. */
  async prepareToResolve({ data }: CodeAction): Promise<void> {
    const { fixAll, harden, redact } = (data ?? {}) as LaterData;
    const uri = fixAll ?? harden?.uri ?? redact;
    if (uri !== undefined) await prepareAllRepairs(this.#workspace, uri);
  }

  at({ textDocument: { uri }, range, context }: CodeActionParams): CodeAction[] {
    const open = this.#workspace.file(uri);
    const file = this.#workspace.check(uri);
    if (open === undefined || file === undefined) return [];
    const actions: CodeAction[] = [];
    if (wants(context.only, CodeActionKind.QuickFix)) {
      const ours = context.diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE);
      actions.push(...this.#quickFixes(open, file, range, ours), ...this.#hardenPod(uri, file, range));
      actions.push(
        ...nameFixes(this.#workspace.names, open, range, ours, this.#capabilities.edits, this.#say),
      );
    }
    if (context.only?.some((kind) => contains(kind, FIX_ALL_KIND)) === true) {
      actions.push(...this.#fixAllNow(uri));
    } else if (context.only === undefined && context.triggerKind !== CodeActionTriggerKind.Automatic) {
      actions.push(...this.#fixAllLater(uri, file));
    }
    if (wants(context.only, HARDEN_KIND) && context.triggerKind !== CodeActionTriggerKind.Automatic) {
      actions.push(...this.#hardenFile(uri, file));
    }
    if (wants(context.only, REDACT_KIND) && context.triggerKind !== CodeActionTriggerKind.Automatic) {
      actions.push(...this.#redactFile(uri, file));
    }
    return actions;
  }

  /** Adds the edit to an action that came without. */
  resolve(action: CodeAction): CodeAction {
    const { fixAll, harden, redact } = (action.data ?? {}) as LaterData;
    if (fixAll !== undefined) return { ...action, ...this.#fixAllNow(fixAll)[0] };
    if (redact !== undefined) return { ...action, ...this.#redactNow(redact)[0] };
    return harden === undefined ? action : { ...action, ...this.#hardenNow(action, harden)[0] };
  }

  #quickFixes(
    open: OpenFile,
    file: CheckedFile,
    range: Range,
    diagnostics: readonly Diagnostic[],
  ): CodeAction[] {
    // Some clients send the caret alone, with the diagnostics of its line.
    const within = diagnostics.reduce((sum, diagnostic) => union(sum, diagnostic.range), range);
    const found = findingsWithin(
      file,
      within,
      (finding, at) =>
        touches(at, range) ||
        diagnostics.some((known) => known.code === finding.rule && isSame(known.range, at)),
    ).map((placed) => ({
      placed,
      diagnostics: diagnostics.filter(
        (known) => known.code === placed.finding.rule && isSame(known.range, placed.range),
      ),
    }));
    return [
      ...found.flatMap(({ placed, diagnostics: own }) => this.#fixes(open, placed, own)),
      ...found.flatMap(({ placed, diagnostics: own }) => this.#allow(open, placed, own)),
      ...found.flatMap(({ placed, diagnostics: own }) => this.#ignore(open, placed, own)),
      ...this.#explanations(found),
    ];
  }

  #fixes(open: OpenFile, placed: PlacedFinding, diagnostics: Diagnostic[]): CodeAction[] {
    const derived = this.#workspace.repairsOf(open.uri, placed.finding);
    if (derived !== undefined) return this.#derivedFixes(open, derived, diagnostics);
    const { fixes } = placed.finding;
    const preferred = fixes.find(({ applicability }) => applicability === 'safe');
    return fixes.flatMap((fix) => {
      const action: CodeAction = { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics };
      const plan = planFix(placed.parsed(), fix);
      const files = 'refused' in plan ? this.#said(plan) : this.#filesOf(open, placed, plan);
      if ('refused' in files) {
        return this.#capabilities.disabled ? { ...action, disabled: { reason: files.refused } } : [];
      }
      return {
        ...action,
        edit: workspaceEdit(files, this.#capabilities.edits),
        ...(fix === preferred && { isPreferred: true }),
      };
    });
  }

  /** What can be done about a document that nobody typed, proven by making it again. */
  #derivedFixes(
    open: OpenFile,
    { repairs, fileOf }: DerivedRepairs,
    diagnostics: Diagnostic[],
  ): CodeAction[] {
    return repairs.flatMap(({ offer, plan }) => {
      const action: CodeAction = { title: offer.title, kind: CodeActionKind.QuickFix, diagnostics };
      const files = 'refused' in plan ? this.#said(plan) : this.#derivedFiles(open, plan, fileOf);
      if ('refused' in files) {
        // That a value decides is a guess; only a right one is worth a word.
        const isShown = this.#capabilities.disabled && offer.decision === undefined;
        return isShown ? { ...action, disabled: { reason: files.refused } } : [];
      }
      const edit = workspaceEdit(files, this.#capabilities.edits);
      return { ...action, edit, ...(offer.applicability === 'safe' && { isPreferred: true }) };
    });
  }

  #derivedFiles(
    open: OpenFile,
    plan: DerivedPlan,
    fileOf: DerivedRepairs['fileOf'],
  ): FileEdits[] | SaidRefusal {
    const configuration = this.#configurationEdits(open.uri, plan.configuration);
    if ('refused' in configuration) return configuration;
    return [...plan.files.map(({ file, edits }) => editsOf(fileOf(file), edits)), ...configuration];
  }

  /** The edits of a plan, in the finding's file and in its configuration file. */
  #filesOf(
    { uri, version, source }: OpenFile,
    { placed }: PlacedFinding,
    plan: Plan,
  ): FileEdits[] | SaidRefusal {
    const files: FileEdits[] = [];
    const edits = plan.edits.map((edit) => toTextEdit(placed, edit));
    if (plan.addedDocuments.length > 0) {
      const { range, newText } = insertionBehind(source.text, placed, plan.addedDocuments);
      const position = source.positionAt(range.start);
      edits.push({ range: { start: position, end: position }, newText });
    }
    if (edits.length > 0) files.push({ uri, version, edits });
    const configuration = this.#configurationEdits(uri, plan.configuration);
    return 'refused' in configuration ? configuration : [...files, ...configuration];
  }

  #configurationEdits(uri: string, wanted: Plan['configuration']): FileEdits[] | SaidRefusal {
    if (wanted.length === 0) return [];
    const target = this.#workspace.configurationTargetOf(uri);
    if (target.isNew && !this.#capabilities.edits.createFiles) {
      return {
        refused: this.#say('There is no configuration file yet; make {0} first.', nameOf(target.uri)),
      };
    }
    const planned = planConfiguration(target.source.text, wanted);
    if (planned === undefined)
      return this.#said({ refused: 'The configuration file cannot be changed in this place.' });
    return [{ ...target, edits: planned.map((edit) => toFileTextEdit(target.source, edit)) }];
  }

  #said({ refused }: Refusal): SaidRefusal {
    return { refused: this.#say(refused) };
  }

  #allow(open: OpenFile, placed: PlacedFinding, diagnostics: Diagnostic[]): CodeAction[] {
    const { allowance } = placed.finding;
    if (allowance === undefined) return [];
    const plan = { edits: [], addedDocuments: [], configuration: [allowOperation(allowance)] };
    const files = this.#filesOf(open, placed, plan);
    if ('refused' in files) return [];
    const edit = workspaceEdit(files, this.#capabilities.edits);
    return [{ title: allowTitle(allowance, this.#say), kind: CodeActionKind.QuickFix, diagnostics, edit }];
  }

  #ignore({ uri, version }: OpenFile, placed: PlacedFinding, diagnostics: Diagnostic[]): CodeAction[] {
    const isTemplate = this.#workspace.isChartTemplate(uri);
    const edits = ignoreEdits(placed, this.#capabilities.edits.snippets, isTemplate);
    if (edits === undefined) return [];
    return [
      {
        title: this.#say('Ignore {0} here, with a reason', placed.finding.rule),
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: workspaceEdit([{ uri, version, edits }], this.#capabilities.edits),
      },
    ];
  }

  /** Once for each rule, below everything that changes something. */
  #explanations(found: readonly { placed: PlacedFinding; diagnostics: Diagnostic[] }[]): CodeAction[] {
    const command = this.#explainCommand;
    if (command === undefined) return [];
    const rules = new Set(found.map(({ placed }) => placed.finding.rule));
    return [...rules].map((rule) => {
      const title = this.#say('Explain {0}', rule);
      const diagnostics = found
        .filter(({ placed }) => placed.finding.rule === rule)
        .flatMap((place) => place.diagnostics);
      return {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        command: { title, command, arguments: [rule] },
      };
    });
  }

  #fixAllNow(uri: string): CodeAction[] {
    const open = this.#workspace.file(uri);
    const fixed = this.#workspace.fixAll(uri, 'safe');
    if (open === undefined || fixed === undefined || fixed.applied === 0) return [];
    return [
      { ...this.#fixAllAction(), edit: workspaceEdit(filesFixed(open, fixed), this.#capabilities.edits) },
    ];
  }

  /** Fixing a large file takes its time, so menus get an action without its edit where they can ask for that later. */
  #fixAllLater(uri: string, file: CheckedFile): CodeAction[] {
    if (!this.#capabilities.resolvesEdits) return this.#fixAllNow(uri);
    const hasSafeFix = ({ applicability }: Fix) => applicability === 'safe';
    const canFix = file.documents.some(({ result }) =>
      result.findings.some(({ fixes }) => fixes.some(hasSafeFix)),
    );
    const data: LaterData = { fixAll: uri };
    return canFix ? [{ ...this.#fixAllAction(), data }] : [];
  }

  /** One action for the whole pod, where the caret stands on one of its findings and others could go with it. */
  #hardenPod(uri: string, file: CheckedFile, range: Range): CodeAction[] {
    const here = findingsWithin(file, range).find(({ finding }) => POD_SECURITY_RULES.has(finding.rule));
    if (here?.finding.resource === undefined) return [];
    const target = targetOf(uri, here.finding.resource);
    return this.#harden({ title: this.#say(HARDEN_POD_TITLE), kind: CodeActionKind.QuickFix }, target, file);
  }

  #hardenFile(uri: string, file: CheckedFile): CodeAction[] {
    return this.#harden({ title: this.#say(HARDEN_FILE_TITLE), kind: HARDEN_KIND }, { uri }, file);
  }

  #harden(action: CodeAction, target: HardenTarget, file: CheckedFile): CodeAction[] {
    const findings = allFindings(file).filter(isActive);
    const fixable = findings.filter((finding) => finding.fixes.length > 0 && isHardenedBy(target, finding));
    // A single finding has its own fix.
    if (fixable.length < 2) return [];
    const data: LaterData = { harden: target };
    return this.#capabilities.resolvesEdits ? [{ ...action, data }] : this.#hardenNow(action, target);
  }

  #hardenNow(action: CodeAction, target: HardenTarget): CodeAction[] {
    const open = this.#workspace.file(target.uri);
    const fixed = this.#workspace.fixAll(target.uri, 'all', (finding) => isHardenedBy(target, finding));
    if (open === undefined || fixed === undefined || fixed.applied === 0) return [];
    return [{ ...action, edit: workspaceEdit(filesFixed(open, fixed), this.#capabilities.edits) }];
  }

  #redactFile(uri: string, file: CheckedFile): CodeAction[] {
    const findings = allFindings(file).filter(isActive);
    if (!findings.some((finding) => redactionOf(finding) !== undefined)) return [];
    const data: LaterData = { redact: uri };
    return this.#capabilities.resolvesEdits ? [{ ...this.#redactAction(), data }] : this.#redactNow(uri);
  }

  #redactNow(uri: string): CodeAction[] {
    const open = this.#workspace.file(uri);
    const hasRedaction = (finding: Finding) => redactionOf(finding) !== undefined;
    const fixed = this.#workspace.fixAll(uri, 'all', hasRedaction, redactionOf);
    if (open === undefined || fixed === undefined || fixed.applied === 0) return [];
    const edits = fixed.edits.map((edit) => toFileTextEdit(open.source, edit));
    const edit = workspaceEdit([{ uri, version: open.version, edits }], this.#capabilities.edits);
    return [{ ...this.#redactAction(), edit }];
  }

  #redactAction(): CodeAction {
    return { title: this.#say(REDACT_FILE_TITLE), kind: REDACT_KIND };
  }

  #fixAllAction(): CodeAction {
    return { title: this.#say('Fix all Kube Safeguards findings that are safe to fix'), kind: FIX_ALL_KIND };
  }
}

function editsOf({ uri, version, source }: EditTarget, edits: readonly TextEdit[]): FileEdits {
  return { uri, version, edits: edits.map((edit) => toFileTextEdit(source, edit)) };
}

function allFindings(file: CheckedFile): Finding[] {
  return file.documents.flatMap(({ result }) => result.findings);
}

/** Reads what all findings of an open file are repaired with. */
export async function prepareAllRepairs(workspace: Workspace, uri: string): Promise<void> {
  const file = workspace.check(uri);
  if (file !== undefined) await workspace.prepareRepairs(uri, allFindings(file));
}

/** The edits of all files that a fix-all changes. */
export function filesFixed(open: OpenFile, { edits, elsewhere }: FixAllOfFile): FileEdits[] {
  const own = edits.length === 0 ? [] : [editsOf(open, edits)];
  return [...own, ...elsewhere.map((other) => editsOf(other.target, other.edits))];
}

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((wanted) => contains(wanted, kind));
}

/** Kinds are hierarchical: `source` contains `source.fixAll`. */
function contains(kind: string, other: string): boolean {
  return kind === '' || kind === other || other.startsWith(`${kind}.`);
}

function union(a: Range, b: Range): Range {
  return {
    start: a.start.line <= b.start.line ? a.start : b.start,
    end: a.end.line >= b.end.line ? a.end : b.end,
  };
}

function isSame(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}
