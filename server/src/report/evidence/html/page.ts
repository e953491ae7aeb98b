import { sha256 } from '@noble/hashes/sha2.js';
import { SAFEGUARDS } from '../../rule-list.ts';
import { DISCLAIMER, type EvidenceReport, STATUS_WORDS, STATUSES } from '../model.ts';
import {
  exceptionsTable,
  findingsTable,
  grantsTable,
  namespacesTable,
  policiesTable,
  rulesTable,
} from '../tables.ts';
import { provenanceRows, summaryOf } from '../words.ts';
import { postureBars, posturesOf, titleOf } from './bars.ts';
import { cellWords, heatMap } from './heat-map.ts';
import { html, type Markup, table } from './markup.ts';
import { reachGraph } from './reach-graph.ts';
import { controlSection, evidenceTable, statusMark, waysSection } from './sections.ts';
import { STYLE } from './style.ts';

/**
 * The report as one page that needs nothing else: no script, no font, no picture from anywhere. Its own content security policy allows the one style sheet
 * that is in it, by its hash.
 */
export function htmlReport(report: EvidenceReport): string {
  const sections: [id: string, title: string, content: Markup][] = [
    ['summary', 'Summary', summary(report)],
    ['controls', 'Controls', html`${report.controls.map(controlSection)}`],
    ['exceptions', 'Exceptions', evidenceTable(exceptionsTable(report))],
    ['namespaces', 'Namespaces', namespaces(report)],
    ['reach', 'Reachability of PHI', reach(report)],
    ['grants', 'Who may do what', evidenceTable(grantsTable(report))],
    ['policies', 'Network policies', evidenceTable(policiesTable(report))],
    ['findings', 'Findings', evidenceTable(findingsTable(report))],
    ['rules', 'Rules', evidenceTable(rulesTable(report))],
    ['provenance', 'Where this comes from', provenance(report)],
  ];
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evidence of technical safeguards</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<h1>Evidence of technical safeguards</h1>
<p>${DISCLAIMER}</p>
<p class="soft">kube-safeguards ${report.provenance.toolVersion}, ${report.provenance.time}</p>
<nav aria-label="Sections"><ul>${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main id="main">
${sections.map(
  ([id, title, content]) =>
    html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${content}</section>\n`,
)}</main>
</body>
</html>
`;
  return page.html;
}

/** Written as it stands: an escaped quote is a quote again before a browser hashes or reads anything. */
const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${btoa(
  String.fromCharCode(...sha256(new TextEncoder().encode(STYLE))),
)}'; base-uri 'none'; form-action 'none'`;

function summary(report: EvidenceReport): Markup {
  const postures = posturesOf(report).map(({ title, counts, findings }) => [
    title,
    ...STATUSES.map((status) => String(counts[status])),
    String(findings),
  ]);
  const head = ['Safeguard', ...STATUSES.map((status) => STATUS_WORDS[status]), 'Findings'];
  return html`<p>${summaryOf(report)}</p>
${table(
  'Controls of the pre-launch checklist',
  ['Control', 'Status', '45 CFR'],
  report.controls.map(({ id, title, status, citations }) => [
    html`<a href="#control-${id}">${title}</a>`,
    statusMark(status),
    citations.join(', '),
  ]),
)}<figure><figcaption>Posture by safeguard: parts of controls by status</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="Posture by safeguard">${postureBars(report)}</div></figure>
<details><summary>The numbers</summary>
${table('Parts of controls by safeguard and status', head, postures)}</details>\n`;
}

function namespaces(report: EvidenceReport): Markup {
  const { coverage } = report;
  const head = ['Namespace', ...(coverage[0]?.cells ?? []).map(({ safeguard }) => titleOf(safeguard))];
  const rows = coverage.map(({ namespace, cells }) => [namespace ?? 'the cluster', ...cells.map(cellWords)]);
  return html`${evidenceTable(namespacesTable(report))}<figure><figcaption>Coverage: namespaces by safeguards</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="Coverage">${heatMap(coverage)}</div></figure>
<details><summary>The same as a table</summary>
${table('Status of each safeguard by namespace', head, rows)}</details>\n`;
}

function reach(report: EvidenceReport): Markup {
  if (report.reach.nodes.length === 0) return html`<p>No workload that may hold PHI is in view.</p>\n`;
  return html`<figure><figcaption>Who can reach what may hold PHI, by the policies in view</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="Reachability">${reachGraph(report.reach)}</div></figure>
${waysSection(report)}`;
}

function provenance(report: EvidenceReport): Markup {
  const problems =
    report.problems.length === 0
      ? undefined
      : html`<h3>What could not be checked</h3><ul class="statements">${report.problems.map((problem) => html`<li>${problem}</li>\n`)}</ul>\n`;
  const safeguards = Object.values(SAFEGUARDS).join('; ');
  return html`${table('Provenance', ['What', 'Value'], provenanceRows(report))}${problems}<p class="soft">Safeguards: ${safeguards}.</p>\n`;
}
