import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
} from 'vscode-languageserver';
import type { Say } from '../l10n/say.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { FileActions, prepareAllRepairs } from './file-actions.ts';
import { nameFixes } from './names.ts';
import { DIAGNOSTIC_SOURCE, FIX_ALL_KIND, HARDEN_KIND, REDACT_KIND } from './protocol.ts';
import { type Asked, findingsAskedFor, QuickFixes } from './quick-fixes.ts';
import type { EditCapabilities } from './workspace-edits.ts';

export interface CodeActionCapabilities {
  readonly edits: EditCapabilities;
  /** Whether an action that cannot be done may be shown with the reason. */
  readonly disabled: boolean;
  /** Whether the edit of an action may be asked for later. */
  readonly resolvesEdits: boolean;
}

/** Answers requests for code actions from the files as they are at that moment. */
export class CodeActions {
  readonly #workspace: Workspace;
  readonly #edits: EditCapabilities;
  readonly #say: Say;
  readonly #quickFixes: QuickFixes;
  readonly #fileActions: FileActions;

  /** @param explainCommand the client's command that tells more of a rule, where it has one */
  constructor(workspace: Workspace, capabilities: CodeActionCapabilities, say: Say, explainCommand?: string) {
    const { edits, disabled, resolvesEdits } = capabilities;
    this.#workspace = workspace;
    this.#edits = edits;
    this.#say = say;
    this.#quickFixes = new QuickFixes(workspace, { edits, disabled, say, explainCommand });
    this.#fileActions = new FileActions(workspace, edits, resolvesEdits, say);
  }

  /** Reads what is needed to answer, beside the file itself. */
  async prepare(params: CodeActionParams): Promise<void> {
    const { uri } = params.textDocument;
    if (isForAll(params)) return prepareAllRepairs(this.#workspace, uri);
    const file = this.#workspace.check(uri);
    if (file === undefined) return;
    const found = findingsAskedFor(file, askedIn(params)).map(({ placed }) => placed.finding);
    await this.#workspace.prepareRepairs(uri, found);
  }

  /** Reads what is needed to add its edit to an action. */
  async prepareToResolve(action: CodeAction): Promise<void> {
    const uri = FileActions.fileOf(action);
    if (uri !== undefined) await prepareAllRepairs(this.#workspace, uri);
  }

  at(params: CodeActionParams): CodeAction[] {
    const { uri } = params.textDocument;
    const { only, triggerKind } = params.context;
    const open = this.#workspace.file(uri);
    const file = this.#workspace.check(uri);
    if (open === undefined || file === undefined) return [];
    const asked = askedIn(params);
    const actions: CodeAction[] = [];
    if (wants(only, CodeActionKind.QuickFix)) {
      const { range, diagnostics } = asked;
      actions.push(
        ...this.#quickFixes.for(open, file, asked),
        ...this.#fileActions.hardenPod(uri, file, range),
        ...nameFixes(this.#workspace.names, open, range, diagnostics, this.#edits, this.#say),
      );
    }
    const isAskedFor = triggerKind !== CodeActionTriggerKind.Automatic;
    if (isForAll(params)) actions.push(...this.#fileActions.fixAllNow(uri));
    else if (only === undefined && isAskedFor) actions.push(...this.#fileActions.fixAll(uri, file));
    if (wants(only, HARDEN_KIND) && isAskedFor) actions.push(...this.#fileActions.hardenFile(uri, file));
    if (wants(only, REDACT_KIND) && isAskedFor) actions.push(...this.#fileActions.redactFile(uri, file));
    return actions;
  }

  /** Adds the edit to an action that came without. */
  resolve(action: CodeAction): CodeAction {
    return this.#fileActions.resolve(action);
  }
}

function askedIn({ range, context }: CodeActionParams): Asked {
  return { range, diagnostics: context.diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE) };
}

/** Whether all safe fixes are asked for, as editors do when a file is saved. */
function isForAll({ context: { only } }: CodeActionParams): boolean {
  return only?.some((kind) => contains(kind, FIX_ALL_KIND)) === true;
}

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((wanted) => contains(wanted, kind));
}

/** Kinds are hierarchical: `source` contains `source.fixAll`. */
function contains(kind: string, other: string): boolean {
  return kind === '' || kind === other || other.startsWith(`${kind}.`);
}
