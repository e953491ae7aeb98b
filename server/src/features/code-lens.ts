import type { CodeLens, Position } from 'vscode-languageserver';
import { type Finding, isActive } from '../engine/finding.ts';
import { resourcesOf } from '../kubernetes/resource.ts';
import { type Say, sayCount, type Text } from '../l10n/say.ts';
import type { Severity } from '../rules/rule.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { CheckedDocument, CheckedFile } from '../workspace/file-checker.ts';
import { coverOf } from './cover.ts';
import { namedResource } from './fix-findings.ts';
import { FIX_FINDINGS_COMMAND, type FixTarget } from './protocol.ts';
import { toPosition } from './to-lsp.ts';

/** Findings that are told at one place, and how they are asked for. */
interface Group {
  readonly position: Position;
  readonly target: Omit<FixTarget, 'level'>;
  readonly findings: Finding[];
}

/**
 * Above each resource how many findings it has, those included that are covered, and what repairs them. Findings of what a file only feeds, such as
 * the values of a chart, are told at its top.
 */
export function codeLenses(file: CheckedFile, say: Say): CodeLens[] {
  const top: Group = { position: { line: 0, character: 0 }, target: { uri: file.uri }, findings: [] };
  const groups = file.documents.flatMap((document) => groupsIn(file.uri, document, top));
  return [top, ...groups].flatMap((group) => lensesOf(group, say));
}

function groupsIn(uri: string, { placed, result }: CheckedDocument, top: Group): Group[] {
  if (result.findings.length === 0) return [];
  const groups = new Map<string, Group>();
  for (const { root, kind, name, namespace } of resourcesOf(parseDocument(placed.document.text))) {
    const resource = { kind, name, namespace };
    const position = toPosition(placed, root.range.start);
    groups.set(keyOf(resource), {
      position: { line: position.line, character: 0 },
      target: { uri, resource: namedResource(resource) },
      findings: [],
    });
  }
  for (const finding of result.findings) {
    const own = finding.resource && groups.get(keyOf(finding.resource));
    (own ?? top).findings.push(finding);
  }
  return [...groups.values()];
}

function keyOf(resource: { kind: string; name: string; namespace: string | undefined }): string {
  return JSON.stringify([resource.kind, resource.namespace, resource.name]);
}

function lensesOf({ position, target, findings }: Group, say: Say): CodeLens[] {
  if (findings.length === 0) return [];
  const range = { start: position, end: position };
  const active = findings.filter(isActive);
  const safe = active.filter(({ fixes }) => fixes.some(({ applicability }) => applicability === 'safe'));
  const fixable = active.filter(({ fixes }) => fixes.length > 0);
  const fix = (title: string, level: FixTarget['level']): CodeLens => ({
    range,
    command: { title, command: FIX_FINDINGS_COMMAND, arguments: [{ ...target, level } satisfies FixTarget] },
  });
  return [
    { range, command: { title: summaryOf(findings, say), command: '' } },
    ...(safe.length > 0 && safe.length < fixable.length ? [fix(say('fix safely'), 'safe')] : []),
    ...(fixable.length > 0 ? [fix(say('fix all'), safe.length === fixable.length ? 'safe' : 'all')] : []),
  ];
}

/** `2 errors, 1 warning, 1 exception`. */
function summaryOf(findings: readonly Finding[], say: Say): string {
  const active = findings.filter(isActive);
  const covers = findings.flatMap((finding) => coverOf(finding) ?? []);
  const ofSeverity = (severity: Severity) => active.filter((finding) => finding.severity === severity).length;
  const by = (wanted: (typeof covers)[number]['by']) => covers.filter((cover) => cover.by === wanted).length;
  const counted = (count: number, one: Text, several: Text) =>
    count === 0 ? [] : [sayCount(say, count, one, several)];
  return [
    ...counted(ofSeverity('error'), '1 error', '{0} errors'),
    ...counted(ofSeverity('warning'), '1 warning', '{0} warnings'),
    ...counted(ofSeverity('information'), '1 information', '{0} information'),
    ...counted(by('exception'), '1 exception', '{0} exceptions'),
    ...(by('suppression') > 0 ? [say('{0} suppressed', by('suppression'))] : []),
  ].join(', ');
}
