/** What helps people read and write: hover, completion, and ways through manifests and charts. */

import {
  CompletionTriggerKind,
  type Connection,
  type Range,
  type RenameParams,
  type ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { hoverAuditRule } from '../audit-policy-hover.ts';
import { completeConfiguration } from '../configuration-completion.ts';
import { hoverConfiguration } from '../configuration-hover.ts';
import { completeField, hoverField } from '../field-help.ts';
import { completeChart } from '../helm/completion.ts';
import { hoverChart } from '../helm/hover.ts';
import { inlayHints } from '../helm/inlay-hints.ts';
import { definitionsAt, referencesAt } from '../helm/references.ts';
import { prepareRename, rename } from '../helm/rename.ts';
import { renderedManifest } from '../helm/rendered-manifest.ts';
import { hoverAt, joinedHovers } from '../hover.ts';
import { kustomizationDefinitionsAt, kustomizationLinks } from '../kustomization-links.ts';
import { nameDefinitionsAt, nameLinks, nameReferencesAt } from '../names.ts';
import { hoverNetwork } from '../network-hover.ts';
import {
  DESCRIBED_ELSEWHERE_NOTIFICATION,
  type DescribedElsewhereParams,
  RENDERED_MANIFEST_REQUEST,
  type RenderedManifestParams,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import { valuesWhileTyping } from '../value-completion.ts';

/** In templates of charts; a quote also where fields take quotes, as in JSON. */
const QUOTE = '"';
export const COMPLETION_TRIGGERS: readonly string[] = ['.', QUOTE];

export function wireHover(connection: Connection, session: Session): void {
  const { client, containment, ruleLinks, rules, workspace } = session;
  const { describedElsewhere } = session;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  connection.onNotification(
    DESCRIBED_ELSEWHERE_NOTIFICATION,
    containment.handler('describedElsewhere', undefined, (params: DescribedElsewhereParams) =>
      describedElsewhere.set(params),
    ),
  );
  connection.onHover(
    containment.handler('hover', null, async ({ textDocument: { uri }, position }) => {
      const place = await session.placeAt(uri, position);
      const open = workspace.file(uri);
      const file = workspace.check(uri);
      if (open === undefined || file === undefined) return null;
      const { markup } = client;
      if (workspace.isConfigurationFile(uri))
        return hoverConfiguration(open.source, position, rules, markup, ruleLinks) ?? null;
      const { documents } = open.source;
      const settings = workspace.configurationOf(uri)?.settings;
      const namespaces = settings?.phi.namespaces ?? [];
      const world = workspace.worldOf(uri);
      const hover = joinedHovers([
        hoverAt(file, position, (id) => byId.get(id), markup, ruleLinks),
        hoverAuditRule(documents, position, namespaces, markup),
        place && hoverChart(place, markup, !describedElsewhere.hasFunctions(uri)),
        world && hoverNetwork(documents, position, world, markup),
      ]);
      const schemas = session.fieldSchemasFor(uri);
      if (hover !== undefined || schemas === undefined) return hover ?? null;
      return hoverField(documents, position, { schemas, markup }) ?? null;
    }),
  );
}

export function wireCompletion(connection: Connection, session: Session): void {
  const { client, containment, rules, workspace } = session;
  const options = { rules, markup: client.completionMarkup, snippets: client.completesSnippets };
  connection.onCompletion(
    containment.handler('completion', [], async ({ textDocument: { uri }, position, context }) => {
      const place = await session.placeAt(uri, position);
      const open = workspace.file(uri);
      if (open === undefined) return [];
      const withFunctions = !session.describedElsewhere.hasFunctions(uri);
      const inChart = place && completeChart(place, client.completionMarkup, withFunctions);
      const isTriggered = context?.triggerKind === CompletionTriggerKind.TriggerCharacter;
      if (inChart !== undefined || (isTriggered && context?.triggerCharacter !== QUOTE)) return inChart ?? [];
      const { source } = open;
      const textIn = ({ start, end }: Range) => source.textBetween(start, end);
      if (workspace.isConfigurationFile(uri)) {
        const items = isTriggered ? [] : completeConfiguration(source.text, position, options);
        return valuesWhileTyping(items, context, textIn);
      }
      const schemas = session.fieldSchemasFor(uri);
      if (schemas === undefined) return [];
      const items = completeField(source.documents, position, { ...options, schemas });
      return valuesWhileTyping(items, context, textIn);
    }),
  );
}

/** The ways between the places that speak of each other: values and templates of a chart, or objects and their names. */
export function wireNavigation(connection: Connection, session: Session): void {
  const { containment, workspace } = session;
  connection.onDefinition(
    containment.handler('definition', [], async ({ textDocument: { uri }, position }) => {
      const place = await session.placeAt(uri, position);
      if (place !== undefined) return definitionsAt(place);
      const files = kustomizationDefinitionsAt(workspace.kustomizationEntries(uri), position);
      return files.length > 0 ? files : nameDefinitionsAt(workspace.names, uri, position);
    }),
  );
  connection.onReferences(
    containment.handler('references', [], async ({ textDocument: { uri }, position, context }) => {
      const place = await session.placeAt(uri, position);
      return place === undefined
        ? nameReferencesAt(session.workspace.names, uri, position, context.includeDeclaration)
        : referencesAt(place, context.includeDeclaration);
    }),
  );
  connection.onDocumentLinks(
    containment.handler('documentLink', [], async ({ textDocument: { uri } }) => {
      await session.openings.whenReady(uri);
      return [...kustomizationLinks(workspace.kustomizationEntries(uri)), ...nameLinks(workspace.names, uri)];
    }),
  );
}

/** What people are helped with in charts alone. */
export function wireCharts(connection: Connection, session: Session): void {
  const { containment } = session;
  connection.onPrepareRename(
    containment.handler('prepareRename', null, async ({ textDocument: { uri }, position }) => {
      const place = await session.placeAt(uri, position);
      return place === undefined ? null : prepareRename(place);
    }),
  );
  connection.onRenameRequest(
    containment.handler<RenameParams, WorkspaceEdit | ResponseError<void> | null>(
      'rename',
      null,
      async ({ textDocument: { uri }, position, newName }) => {
        const place = await session.placeAt(uri, position);
        return place === undefined ? null : rename(place, newName);
      },
    ),
  );
  connection.languages.inlayHint.on(
    containment.handler('inlayHint', [], async ({ textDocument: { uri }, range }) => {
      const place = await session.placeAt(uri);
      return place !== undefined && (await session.settings.wantsInlayHints(uri))
        ? inlayHints(place, range)
        : [];
    }),
  );
  connection.onRequest(
    RENDERED_MANIFEST_REQUEST,
    containment.handler('renderedManifest', null, async ({ uri }: RenderedManifestParams) => {
      const place = await session.placeAt(uri);
      return (place && renderedManifest(place)) ?? null;
    }),
  );
}
