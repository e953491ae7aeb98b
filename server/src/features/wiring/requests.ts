/**
 * What our own client asks for beyond the protocol: the posture, evidence, and what begins something. What answers is evaluated when somebody asks: most
 * sessions never do, and it would take memory in all.
 */

import type { CancellationToken, Connection } from 'vscode-languageserver';
import { postureOf } from '../posture.ts';
import {
  CLUSTER_POLICIES_REQUEST,
  EVIDENCE_REPORT_REQUEST,
  type EvidenceReportParams,
  type FolderParams,
  NEW_SERVICE_REQUEST,
  type NewServiceParams,
  POSTURE_REQUEST,
  PROPOSED_CONFIGURATION_REQUEST,
  SURVEY_REQUEST,
} from '../protocol.ts';
import type { Runtime, Session } from '../session.ts';

export function wirePosture(connection: Connection, session: Session): void {
  connection.onRequest(POSTURE_REQUEST, (token: CancellationToken) =>
    session.containment.answer('posture', async () => {
      await session.whenRead();
      return postureOf(await session.workspaceDiagnostics.posture(token), session.rules);
    }),
  );
}

export function wireEvidence(connection: Connection, session: Session, { fileSystem, today }: Runtime): void {
  const { containment, rules, workspace } = session;
  connection.onRequest(
    EVIDENCE_REPORT_REQUEST,
    containment.handler('evidenceReport', null, async (params: EvidenceReportParams | undefined) => {
      const { evidenceReport } = await import('../evidence-report.ts');
      await session.whenRead();
      return evidenceReport(workspace, params?.format ?? 'html', { rules, fileSystem, today: today() });
    }),
  );
  connection.onRequest(
    CLUSTER_POLICIES_REQUEST,
    containment.handler('clusterPolicies', null, async () => {
      const { clusterPolicies } = await import('../../export/policies.ts');
      const { manifestOf } = await import('../../export/manifest.ts');
      const configuration = await session.folderConfiguration();
      return manifestOf(clusterPolicies(rules, { action: 'deny', configuration, today: today() }));
    }),
  );
}

/** What begins something: a service, or the configuration of a workspace. */
export function wireBeginnings(
  connection: Connection,
  { containment, say, workspace }: Session,
  { fileSystem }: Runtime,
): void {
  connection.onRequest(
    NEW_SERVICE_REQUEST,
    containment.handler('newService', null, async (params: NewServiceParams) => {
      const { newService } = await beginnings();
      return newService(params, workspace, say);
    }),
  );
  connection.onRequest(
    SURVEY_REQUEST,
    containment.handler('survey', null, async ({ folder }: FolderParams) => {
      const { surveyOfFolder } = await beginnings();
      return surveyOfFolder(folder, workspace, fileSystem);
    }),
  );
  connection.onRequest(
    PROPOSED_CONFIGURATION_REQUEST,
    containment.handler('proposedConfiguration', null, async ({ folder }: FolderParams) => {
      const { configurationFor } = await beginnings();
      return configurationFor(folder, fileSystem);
    }),
  );
}

function beginnings() {
  return import('../new-service.ts');
}
