import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver';
import type { CodeActionCapabilities } from './code-actions.ts';
import { MARKDOWN, type Markup, PLAIN_TEXT } from './markup.ts';
import { editCapabilitiesOf } from './workspace-edits.ts';

/** What the client can do, as far as this server asks. */
export interface Client {
  /** Whether it asks for diagnostics, which are pushed to it otherwise. */
  readonly pullsDiagnostics: boolean;
  readonly relatedInformation: boolean;
  /** For hovers. */
  readonly markup: Markup;
  readonly codeActions: CodeActionCapabilities;
}

export function clientOf(capabilities: ClientCapabilities): Client {
  const { diagnostic, publishDiagnostics, hover, codeAction } = capabilities.textDocument ?? {};
  const relatedInformation = diagnostic?.relatedInformation ?? publishDiagnostics?.relatedInformation;
  return {
    pullsDiagnostics: diagnostic !== undefined,
    relatedInformation: relatedInformation === true,
    markup: hover?.contentFormat?.includes(MarkupKind.Markdown) === true ? MARKDOWN : PLAIN_TEXT,
    codeActions: {
      edits: editCapabilitiesOf(capabilities),
      disabled: codeAction?.disabledSupport === true,
      resolvesEdits:
        codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    },
  };
}
