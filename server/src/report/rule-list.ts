import { provisionOf } from '../rules/references.ts';
import type { Rule, Safeguard, Severity } from '../rules/rule.ts';
import { rulePage } from '../rules/rule-pages.ts';
import { painter } from './colours.ts';

/** The groups of the catalogue, in its order, with what each is about. */
export const SAFEGUARDS: Readonly<Record<Safeguard, string>> = {
  'access-control': 'Access control: who may touch PHI',
  'encryption-at-rest': 'Encryption at rest',
  'phi-exposure': 'PHI exposure: PHI where configuration belongs',
  integrity: 'Integrity: what runs is what was meant',
  'transmission-security': 'Transmission security',
  'audit-controls': 'Audit controls',
  'network-segmentation': 'Network segmentation',
  'business-associates': 'Business associates',
  authoring: 'Authoring: the manifest itself',
};

/** All rules with their metadata, for scripts. */
export function rulesAsJson(rules: readonly Rule[]): string {
  const list = rules.map(({ id, meta }) => ({
    id,
    title: meta.title,
    safeguard: meta.safeguard,
    severity: defaultSeverity(meta),
    scope: meta.scope,
    rationale: meta.rationale,
    remediation: meta.remediation,
    references: {
      hipaa: meta.references.hipaa.map(provisionOf),
      nist: meta.references.nist,
      benchmark: meta.references.benchmark,
      urls: meta.references.urls,
    },
    page: rulePage(id),
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

/** All rules in one table a safeguard, in Markdown. */
export function rulesAsMarkdown(rules: readonly Rule[], linkTo: (id: string) => string): string {
  return bySafeguard(rules)
    .map(([title, group]) => {
      const rows = group.map(
        ({ id, meta }) =>
          `| [${id}](${linkTo(id)}) | ${meta.title} | ${defaultSeverity(meta)} | ${meta.references.hipaa.join(', ')} |`,
      );
      return [
        `## ${title}`,
        '',
        '| Rule | Finds | Severity | 45 CFR |',
        '| --- | --- | --- | --- |',
        ...rows,
        '',
      ].join('\n');
    })
    .join('\n');
}

/** All rules, one a line, for people at a terminal. */
export function rulesAsText(rules: readonly Rule[], options: { colour: boolean }): string {
  const paint = painter(options.colour);
  const idWidth = Math.max(...rules.map(({ id }) => id.length), 0);
  const groups = bySafeguard(rules).map(([title, group]) => {
    const lines = group.map(
      ({ id, meta }) => `  ${id.padEnd(idWidth)}  ${defaultSeverity(meta).padEnd(11)}  ${meta.title}`,
    );
    return [paint('bold', title), ...lines, ''].join('\n');
  });
  return [...groups, 'kube-safeguards explain RULE tells more about one of them.', ''].join('\n');
}

/** The severity of a rule when nothing is configured. */
export function defaultSeverity({ severity, offByDefault }: Rule['meta']): Severity | 'off' {
  return offByDefault === true ? 'off' : severity;
}

function bySafeguard(rules: readonly Rule[]): [title: string, rules: Rule[]][] {
  return Object.entries(SAFEGUARDS)
    .map(([safeguard, title]): [string, Rule[]] => [
      title,
      rules.filter(({ meta }) => meta.safeguard === safeguard),
    ])
    .filter(([, group]) => group.length > 0);
}
