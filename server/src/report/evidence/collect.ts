import { isSystemNamespace } from '../../analysis/mesh/meshes.ts';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../engine/configuration.ts';
import type { Finding } from '../../engine/finding.ts';
import { severityOf } from '../../engine/severity.ts';
import type { Rule } from '../../rules/rule.ts';
import { Redactor } from '../redaction.ts';
import { defaultSeverity } from '../rule-list.ts';
import { type CheckedFile, type FileFinding, type Run, UNREAD, UNREADABLE_RULES } from '../run.ts';
import { cleaned } from './cleaning.ts';
import { coverageOf } from './coverage.ts';
import { associatesIn, exceptionsIn, suppressionRecords } from './exceptions.ts';
import { grantsIn, NamespaceInventory, policiesIn } from './inventory.ts';
import { judgeControls, type WeighedFinding } from './judge.ts';
import type {
  EvidenceFinding,
  EvidenceReport,
  GrantRecord,
  PolicyRecord,
  Provenance,
  RuleRecord,
} from './model.ts';
import { type EvidenceDocument, nameOf, type Observation } from './observation.ts';
import { observationsIn } from './observe/index.ts';
import { type ReachSource, reachOf } from './reach.ts';
import { placeText } from './words.ts';

/** A configuration that counts for some of the files. */
export interface ConfigurationInForce {
  readonly configuration: Configuration;
  /** Relative to the working folder; undefined where there are only defaults. */
  readonly file: string | undefined;
}

/** What is known beside the files themselves. */
export interface EvidenceContext extends Omit<Provenance, 'toolVersion' | 'profile' | 'kubernetesVersion'> {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** In the order of their files. */
  readonly configurations: readonly ConfigurationInForce[];
}

/** Looks at documents one after the other, and keeps only what the report needs of them. */
export class EvidenceCollector {
  readonly #observations: Observation[] = [];
  readonly #grants: GrantRecord[] = [];
  readonly #policies: PolicyRecord[] = [];
  readonly #namespaces = new NamespaceInventory();
  /** By the list of workloads in view, which is one for all files that deploy together. */
  readonly #worlds = new Map<unknown, ReachSource>();

  add(document: EvidenceDocument): void {
    this.#observations.push(...observationsIn(document));
    for (const resource of document.resources) {
      this.#grants.push(...grantsIn(resource, document));
      this.#policies.push(...policiesIn(resource, document));
      this.#namespaces.add(resource, document);
    }
    const { world, settings, unit } = document;
    const workloads = world.facts('pod-network');
    if (workloads.length > 0 && !this.#worlds.has(workloads))
      this.#worlds.set(workloads, { world, settings, unit });
  }

  /** The report on everything that was added, with the findings of a run over the same files. */
  report(run: Run, context: EvidenceContext): EvidenceReport {
    const { today, configurations, ...provenance } = context;
    const main = configurations[0]?.configuration ?? DEFAULT_CONFIGURATION;
    const byId = new Map(run.rules.map((rule) => [rule.id, rule]));
    const severities = new Map(
      run.rules.map((rule) => [rule.id, gravestSeverity(rule, configurations)] as const),
    );
    const namespaces = this.#namespaces.records;
    // A name says which one is meant only where it holds everywhere.
    const withPhi = new Set(namespaces.filter(({ phi }) => phi).map(({ name }) => name));
    const names = [...new Set(namespaces.map(({ name }) => name))];
    const outside = new Set(names.filter((name) => !withPhi.has(name)));
    const findings = run.files.flatMap((file) => weighed(file, byId, outside));
    const observations = [...withoutSettled(this.#observations), ...associatesIn(configurations, today)];
    const report: EvidenceReport = {
      provenance: {
        toolVersion: run.toolVersion,
        ...provenance,
        profile: main.profile,
        kubernetesVersion: main.settings.kubernetesVersion,
      },
      controls: judgeControls({ findings, observations, severities }),
      coverage: coverageOf(names, findings, observations),
      reach: reachOf([...this.#worlds.values()]),
      namespaces,
      grants: sortedByPlace(this.#grants),
      policies: sortedByPlace(this.#policies),
      exceptions: [...exceptionsIn(configurations, run.files, today), ...suppressionRecords(run.files)],
      findings: findings.map(({ finding }) => finding),
      rules: run.rules.map((rule) => recordOf(rule, severities.get(rule.id) ?? 'off')),
      problems: [
        ...run.problems.map(({ path, message }) => (path === undefined ? message : `${path}: ${message}`)),
        ...unreadPlaces(findings).map((place) => `${place}: ${UNREAD}`),
      ],
    };
    return cleaned(report, run.files);
  }
}

function unreadPlaces(findings: readonly WeighedFinding[]): string[] {
  const places = findings
    .filter(({ finding: { rule } }) => UNREADABLE_RULES.has(rule))
    .map(({ finding: { place } }) => placeText(place));
  return [...new Set(places)];
}

function withoutSettled(observations: readonly Observation[]): Observation[] {
  const keyOf = (what: string, unit = '') => `${what}\n${unit}`;
  const settled = new Set(
    observations.flatMap(({ settles, place }) => (settles === undefined ? [] : keyOf(settles, place.unit))),
  );
  return observations.filter(
    ({ waitsFor, place }) =>
      waitsFor === undefined || !(settled.has(keyOf(waitsFor)) || settled.has(keyOf(waitsFor, place.unit))),
  );
}

function gravestSeverity(rule: Rule, configurations: readonly ConfigurationInForce[]) {
  const severities = configurations.map(({ configuration }) => severityOf(rule, configuration));
  if (severities.length === 0) return defaultSeverity(rule.meta);
  // A rule that is off anywhere has not been asked of everything.
  return severities.find((severity) => severity === 'off') ?? severities[0] ?? 'off';
}

function recordOf({ id, meta }: Rule, severity: RuleRecord['severity']): RuleRecord {
  const { title, safeguard, references } = meta;
  return { id, title, safeguard, severity, citations: references.hipaa };
}

function weighed(
  file: CheckedFile,
  rules: ReadonlyMap<string, Rule>,
  outside: ReadonlySet<string>,
): WeighedFinding[] {
  if (file.findings.length === 0) return [];
  const redactor = new Redactor(file);
  return file.findings.flatMap((one) => {
    const rule = rules.get(one.finding.rule);
    if (rule === undefined) return [];
    const { severity, confidence, messageId } = one.finding;
    const isStrong = severity !== 'information' && confidence !== 'low';
    const finding = evidenceOf(one, file.path, rule, redactor);
    return [{ finding, messageId, isStrong, scope: scopeOf(finding.namespace, outside) }];
  });
}

function scopeOf(namespace: string | undefined, outside: ReadonlySet<string>): WeighedFinding['scope'] {
  if (namespace === undefined || !outside.has(namespace)) return 'phi';
  return isSystemNamespace(namespace) ? 'system' : 'outside';
}

function evidenceOf(
  { finding, place }: FileFinding,
  file: string,
  { id, meta }: Rule,
  redactor: Redactor,
): EvidenceFinding {
  const { resource, suppression, severity, message } = finding;
  return {
    rule: id,
    safeguard: meta.safeguard,
    severity,
    citations: meta.references.hipaa,
    resource: resource === undefined ? '' : nameOf(resource),
    namespace: namespaceOf(finding),
    text: redactor.clean(message),
    place: { file, line: place.start.line + 1 },
    ...(suppression === undefined ? {} : { exception: redactor.cleanReason(suppression.reason) }),
  };
}

function namespaceOf({ resource }: Finding): string | undefined {
  if (resource?.kind === 'Namespace') return resource.name;
  return resource?.namespace;
}

function sortedByPlace<Record extends { readonly place: { readonly file: string; readonly line?: number } }>(
  records: readonly Record[],
): Record[] {
  return records.toSorted((a, b) =>
    a.place.file === b.place.file
      ? (a.place.line ?? 0) - (b.place.line ?? 0)
      : a.place.file < b.place.file
        ? -1
        : 1,
  );
}
