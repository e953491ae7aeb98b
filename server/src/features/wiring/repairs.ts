/** What changes files: code actions, and fixes from code lenses and the posture. */

import type { Connection, ExecuteCommandParams } from 'vscode-languageserver';
import type { Text } from '../../l10n/say.ts';
import { CodeActions } from '../code-actions.ts';
import { codeLenses } from '../code-lens.ts';
import { prepareAllRepairs } from '../file-actions.ts';
import { fixFindings, fixTargetFrom } from '../fix-findings.ts';
import { FIX_FINDINGS_COMMAND } from '../protocol.ts';
import type { Session } from '../session.ts';

const NOTHING_FIXED: Text = 'No fix of these findings can be made without changing something else.';

export function wireCodeActions(connection: Connection, session: Session): void {
  const { client, containment, explainCommand, workspace } = session;
  const codeActions = new CodeActions(workspace, client.codeActions, session.say, explainCommand);
  connection.onCodeAction(
    containment.handler('codeAction', [], async (params) => {
      await session.openings.whenReady(params.textDocument.uri);
      await codeActions.prepare(params);
      return codeActions.at(params);
    }),
  );
  connection.onCodeActionResolve((action) =>
    containment.handler('codeAction/resolve', action, async () => {
      await codeActions.prepareToResolve(action);
      return codeActions.resolve(action);
    })(action),
  );
}

export function wireCodeLenses(connection: Connection, session: Session): void {
  const { client, containment, workspace } = session;
  connection.onCodeLens(
    containment.handler('codeLens', [], async ({ textDocument: { uri } }) => {
      await session.openings.whenReady(uri);
      const file = workspace.check(uri);
      return file !== undefined && (await session.settings.wantsCodeLenses(uri))
        ? codeLenses(file, session.say)
        : [];
    }),
  );
  connection.onExecuteCommand(
    containment.handler(
      'executeCommand',
      null,
      async ({ command, arguments: given }: ExecuteCommandParams) => {
        const target = fixTargetFrom(given?.[0]);
        if (command !== FIX_FINDINGS_COMMAND || target === undefined) return null;
        await session.openings.whenReady(target.uri);
        await prepareAllRepairs(workspace, target.uri);
        const edit = fixFindings(workspace, target, client.codeActions.edits);
        if (edit !== undefined) await connection.workspace.applyEdit(edit);
        // Those who ask for one rule after the other tell the sum of it themselves.
        else if (target.rule === undefined)
          connection.window.showInformationMessage(session.say(NOTHING_FIXED));
        return edit !== undefined;
      },
    ),
  );
}
