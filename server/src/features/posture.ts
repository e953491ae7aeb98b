import { SAFEGUARDS } from '../report/rule-list.ts';
import { provisionOf } from '../rules/references.ts';
import type { Rule } from '../rules/rule.ts';
import type { CheckedFile } from '../workspace/file-checker.ts';
import { coverOf } from './cover.ts';
import { namedResource } from './fix-findings.ts';
import type { Posture, PostureFile, PostureFinding, PostureRule } from './protocol.ts';
import { toRange } from './to-lsp.ts';

/** Nobody reads more, and they take their time to send. */
const MAX_FINDINGS = 20_000;

/** What the posture view shows of a file's findings, the covered ones included. */
export function postureFindings(file: CheckedFile): PostureFinding[] {
  return file.documents.flatMap(({ placed, result }) =>
    result.findings.map((finding) => {
      const { rule, severity, message, resource, fixes } = finding;
      const covered = coverOf(finding);
      const isSafe = fixes.some(({ applicability }) => applicability === 'safe');
      return {
        rule,
        severity,
        message,
        range: toRange(placed, finding.range),
        ...(resource !== undefined && { resource: namedResource(resource) }),
        ...(covered !== undefined && { covered }),
        ...(fixes.length > 0 && { fix: isSafe ? ('safe' as const) : ('review' as const) }),
      };
    }),
  );
}

/** The findings of all files together, with what they mean. */
export function postureOf(files: readonly PostureFile[], rules: readonly Rule[]): Posture {
  const told: PostureFile[] = [];
  let room = MAX_FINDINGS;
  let leftOut = 0;
  for (const file of files) {
    const findings = file.findings.slice(0, Math.max(0, room));
    room -= findings.length;
    leftOut += file.findings.length - findings.length;
    if (findings.length > 0) told.push({ ...file, findings });
  }
  const used = new Set(told.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const known = rules.filter(({ id }) => used.has(id)).map((rule) => [rule.id, described(rule)] as const);
  return { files: told, rules: Object.fromEntries(known), leftOut };
}

function described({ meta: { title, safeguard, references } }: Rule): PostureRule {
  const provisions = references.hipaa.map((section) => `45 CFR ${section}: ${provisionOf(section).title}`);
  return { title, safeguard: SAFEGUARDS[safeguard], provisions };
}
