import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver';
import type { CodeActionCapabilities } from './code-actions.ts';
import { MARKDOWN, type Markup, PLAIN_TEXT } from './markup.ts';
import { editCapabilitiesOf } from './workspace-edits.ts';

/** What the client can do, as far as this server asks. */
export interface Client {
  /** Whether it asks for diagnostics, which are pushed to it otherwise. */
  readonly pullsDiagnostics: boolean;
  /** Whether it can be told to ask again. */
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
  /** Whether it applies edits that it has not asked for. */
  readonly appliesEdits: boolean;
  /** For hovers. */
  readonly markup: Markup;
  readonly completionMarkup: Markup;
  readonly completesSnippets: boolean;
  readonly codeActions: CodeActionCapabilities;
  /** Whether it answers questions about its settings. */
  readonly givesSettings: boolean;
  /** Whether it can be asked, later, to tell of changes. */
  readonly registersSettings: boolean;
  readonly registersWatchers: boolean;
  readonly showsProgress: boolean;
  readonly tellsWorkspaceFolders: boolean;
}

export function clientOf({ textDocument, workspace, window }: ClientCapabilities): Client {
  const { diagnostic, publishDiagnostics, hover, codeAction, completion } = textDocument ?? {};
  const completionItem = completion?.completionItem;
  const relatedInformation = diagnostic?.relatedInformation ?? publishDiagnostics?.relatedInformation;
  return {
    pullsDiagnostics: diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: relatedInformation === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    appliesEdits: workspace?.applyEdit === true,
    markup: markupFor(hover?.contentFormat),
    completionMarkup: markupFor(completionItem?.documentationFormat),
    completesSnippets: completionItem?.snippetSupport === true,
    codeActions: {
      edits: editCapabilitiesOf(workspace),
      disabled: codeAction?.disabledSupport === true,
      resolvesEdits:
        codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    },
    givesSettings: workspace?.configuration === true,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    showsProgress: window?.workDoneProgress === true,
    tellsWorkspaceFolders: workspace?.workspaceFolders === true,
  };
}

function markupFor(formats: readonly MarkupKind[] | undefined): Markup {
  return formats?.includes(MarkupKind.Markdown) === true ? MARKDOWN : PLAIN_TEXT;
}
