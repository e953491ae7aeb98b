import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from 'vscode-languageserver';
import type { DerivedPlan } from '../engine/derived/fix.ts';
import type { Finding } from '../engine/finding.ts';
import { insertionBehind } from '../engine/fix-all.ts';
import { objectEdits } from '../engine/object-edits.ts';
import { type Plan, planFix, type Refusal } from '../engine/planner.ts';
import type { Say } from '../l10n/say.ts';
import type { DerivedRepairs } from '../workspace/derived-repairs.ts';
import type { CheckedFile } from '../workspace/file-checker.ts';
import type { OpenFile } from '../workspace/open-files.ts';
import { nameOf } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { allowOperation, allowTitle } from './allow-action.ts';
import { planConfiguration } from './configuration-edits.ts';
import { editsOf } from './file-edits.ts';
import { findingsWithin, type PlacedFinding } from './findings-at.ts';
import { ignoreEdits } from './ignore-action.ts';
import { toFileTextEdit, toTextEdit, touches } from './to-lsp.ts';
import { type EditCapabilities, type FileEdits, workspaceEdit } from './workspace-edits.ts';

/** Why an action cannot be done, in the language of the editor. */
interface SaidRefusal {
  readonly refused: string;
}

/** Where somebody asks, and the diagnostics of ours that the client has there. */
export interface Asked {
  readonly range: Range;
  readonly diagnostics: readonly Diagnostic[];
}

/** A finding that is asked about, with its diagnostics. */
interface AskedFinding {
  readonly placed: PlacedFinding;
  readonly diagnostics: Diagnostic[];
}

export interface QuickFixesOptions {
  readonly edits: EditCapabilities;
  /** Whether an action that cannot be done may be shown with the reason. */
  readonly disabled: boolean;
  readonly say: Say;
  /** The client's command that tells more of a rule, where it has one. */
  readonly explainCommand: string | undefined;
}

/** What can be done about single findings. */
export class QuickFixes {
  readonly #workspace: Workspace;
  readonly #options: QuickFixesOptions;

  constructor(workspace: Workspace, options: QuickFixesOptions) {
    this.#workspace = workspace;
    this.#options = options;
  }

  for(open: OpenFile, file: CheckedFile, asked: Asked): CodeAction[] {
    const found = findingsAskedFor(file, asked);
    return [
      ...found.flatMap(({ placed, diagnostics }) => this.#fixes(open, placed, diagnostics)),
      ...found.flatMap(({ placed, diagnostics }) => this.#allow(open, placed, diagnostics)),
      ...found.flatMap(({ placed, diagnostics }) => this.#ignore(open, placed, diagnostics)),
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
        return this.#options.disabled ? { ...action, disabled: { reason: files.refused } } : [];
      }
      return {
        ...action,
        edit: workspaceEdit(files, this.#options.edits),
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
        const isShown = this.#options.disabled && offer.decision === undefined;
        return isShown ? { ...action, disabled: { reason: files.refused } } : [];
      }
      const edit = workspaceEdit(files, this.#options.edits);
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
    const files = plan.files.map(({ file, edits }) => editsOf(fileOf(file), edits));
    const made = this.#options.edits.createFiles ? undefined : files.find(({ isNew }) => isNew);
    if (made !== undefined)
      return {
        refused: this.#options.say(
          'This needs a new file, {0}, which this editor cannot make.',
          nameOf(made.uri),
        ),
      };
    return [...files, ...configuration];
  }

  /** The edits of a plan, in the finding's file and in its configuration file. */
  #filesOf(
    { uri, version, source }: OpenFile,
    { placed }: PlacedFinding,
    plan: Plan,
  ): FileEdits[] | SaidRefusal {
    const files: FileEdits[] = [];
    const edits: FileEdits['edits'][number][] = plan.edits.map((edit) => toTextEdit(placed, edit));
    if (plan.addedDocuments.length > 0)
      edits.push(toFileTextEdit(source, insertionBehind(source.text, placed, plan.addedDocuments)));
    for (const operation of plan.objects) {
      const target = this.#workspace.fileWith(uri, operation.object);
      const changes = target && objectEdits(target.source.text, operation);
      if (target === undefined || changes === undefined)
        return this.#said({ refused: 'The other object cannot be changed where it stands.' });
      if (target.uri === uri) edits.push(...editsOf(target, changes).edits);
      else files.push(editsOf(target, changes));
    }
    if (edits.length > 0) files.push({ uri, version, edits });
    const configuration = this.#configurationEdits(uri, plan.configuration);
    return 'refused' in configuration ? configuration : [...files, ...configuration];
  }

  #configurationEdits(uri: string, wanted: Plan['configuration']): FileEdits[] | SaidRefusal {
    if (wanted.length === 0) return [];
    const target = this.#workspace.configurationTargetOf(uri);
    if (target.isNew && !this.#options.edits.createFiles) {
      const name = nameOf(target.uri);
      return { refused: this.#options.say('There is no configuration file yet; make {0} first.', name) };
    }
    const planned = planConfiguration(target.source.text, wanted);
    if (planned === undefined)
      return this.#said({ refused: 'The configuration file cannot be changed in this place.' });
    return [{ ...editsOf(target, planned), isNew: target.isNew }];
  }

  #said({ refused }: Refusal): SaidRefusal {
    return { refused: this.#options.say(refused) };
  }

  #allow(open: OpenFile, placed: PlacedFinding, diagnostics: Diagnostic[]): CodeAction[] {
    const { allowance } = placed.finding;
    if (allowance === undefined) return [];
    const configuration = [allowOperation(allowance)];
    const plan = { edits: [], addedDocuments: [], objects: [], configuration };
    const files = this.#filesOf(open, placed, plan);
    if ('refused' in files) return [];
    const edit = workspaceEdit(files, this.#options.edits);
    const title = allowTitle(allowance, this.#options.say);
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit }];
  }

  #ignore({ uri, version }: OpenFile, placed: PlacedFinding, diagnostics: Diagnostic[]): CodeAction[] {
    const isTemplate = this.#workspace.isChartTemplate(uri);
    const edits = ignoreEdits(placed, this.#options.edits.snippets, isTemplate);
    if (edits === undefined) return [];
    return [
      {
        title: this.#options.say('Ignore {0} here, with a reason', placed.finding.rule),
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: workspaceEdit([{ uri, version, edits }], this.#options.edits),
      },
    ];
  }

  /** Once for each rule, below everything that changes something. */
  #explanations(found: readonly AskedFinding[]): CodeAction[] {
    const { explainCommand: command, say } = this.#options;
    if (command === undefined) return [];
    const rules = new Set(found.map(({ placed }) => placed.finding.rule));
    return [...rules].map((rule) => {
      const title = say('Explain {0}', rule);
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
}

/** The findings at a place. Some clients send the caret alone, with the diagnostics of its line. */
export function findingsAskedFor(file: CheckedFile, { range, diagnostics }: Asked): AskedFinding[] {
  const within = diagnostics.reduce((sum, diagnostic) => union(sum, diagnostic.range), range);
  const isOf = (known: Diagnostic, { rule }: Finding, at: Range) =>
    known.code === rule && isSame(known.range, at);
  return findingsWithin(
    file,
    within,
    (finding, at) => touches(at, range) || diagnostics.some((known) => isOf(known, finding, at)),
  ).map((placed) => ({
    placed,
    diagnostics: diagnostics.filter((known) => isOf(known, placed.finding, placed.range)),
  }));
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
