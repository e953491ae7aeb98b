import { type Fact, factsOfDocument, otherFactsOf } from '../analysis/facts.ts';
import { type World, worldOf } from '../analysis/world.ts';
import { inNamespace } from '../kubernetes/namespaced.ts';
import { isWorkload } from '../kubernetes/pods.ts';
import { type Resource, resourcesOf } from '../kubernetes/resource.ts';
import { isInPhiScope } from '../rules/phi-scope.ts';
import type { Report, Rule, WrittenSuppression } from '../rules/rule.ts';
import type { DocumentText } from '../syntax/documents.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import { Exceptions } from './exceptions.ts';
import type { Finding, ResourceName } from './finding.ts';
import { DocumentInspection, type Inspection, nothingIn } from './inspection.ts';
import { fillMessage } from './messages.ts';
import { pathOf, rangeOf, startsOf } from './places.ts';
import { withPrivateNames } from './private-names.ts';
import { type RawReport, RuleRunner, type RuleRunnerOptions } from './rule-runner.ts';
import { severityOf } from './severity.ts';
import { type DocumentRole, type Subject, subjectIn } from './subject.ts';
import { covers, isInForce, type Suppression } from './suppressions.ts';
import { Readers, WatchedReports } from './watched-reports.ts';

export interface CheckerOptions extends RuleRunnerOptions {
  readonly rules: readonly Rule[];
  /** The ids that suppressions may name; absent: those of the rules given. */
  readonly knownRules?: ReadonlySet<string>;
}

/** What was found by somebody else than a rule's own check. */
export interface OutsideReport extends Pick<Report, 'messageId' | 'data' | 'severity'> {
  /** In offsets of whatever text the finding is about. */
  readonly range: OffsetRange;
}

type SuppressionState = WrittenSuppression['rules'][number]['state'];

const EMPTY_WORLD = worldOf([], false);

/**
 * Checks documents against rules. What depends on a document alone is computed once a document (`inspect`); what the world decides is
 * added cheaply each time (`findings`).
 */
export class Checker {
  readonly #options: CheckerOptions;
  readonly #knownRules: ReadonlySet<string>;
  readonly #documentRules: readonly Rule[];
  readonly #workspaceRules: readonly Rule[];
  readonly #exceptions: Exceptions;
  readonly #runner: RuleRunner;
  readonly #readers: Readers;

  constructor(options: CheckerOptions) {
    this.#options = options;
    this.#runner = new RuleRunner(options);
    this.#exceptions = new Exceptions(options.configuration.exceptions, options.today);
    this.#knownRules = options.knownRules ?? new Set(options.rules.map(({ id }) => id));
    const active = options.rules.filter((rule) => severityOf(rule, options.configuration) !== 'off');
    this.#documentRules = active.filter((rule) => rule.meta.scope === 'document');
    this.#workspaceRules = active.filter((rule) => rule.meta.scope === 'workspace');
    this.#readers = new Readers(active);
  }

  /** Parses and checks one document. Documents that are neither manifests nor pipelines nor the values of a chart cost a search of their text. */
  inspect(document: DocumentText, wantedRole: DocumentRole = 'manifest'): Inspection {
    const subject = subjectIn(document, wantedRole);
    return subject === undefined
      ? nothingIn(document, otherFactsOf(document.text))
      : this.#inspectionOf(document, subject);
  }

  /**
   * Checks one manifest, and remembers what rules look at in it.
   *
   * @param before of a document that may differ in few scalars: what does not depend on these is kept. The result is the same without it.
   */
  inspectAgain(document: DocumentText, before: Inspection | undefined): Inspection {
    const subject = subjectIn(document, 'manifest');
    if (subject === undefined) return this.inspect(document);
    const isManifest = subject.pipeline === undefined && subject.resources.length > 0;
    const watched = isManifest ? WatchedReports.over(subject.parsed, this.#readers) : undefined;
    if (watched === undefined) return this.#inspectionOf(document, subject);
    const { parsed } = watched;
    const resources = watched.notingForAll(() => resourcesOf(parsed));
    const facts = before && watched.takeOver(before, resources);
    return this.#inspectionOf(document, { ...subject, parsed, resources }, watched, facts);
  }

  #inspectionOf(
    document: DocumentText,
    subject: Subject,
    watched?: WatchedReports,
    knownFacts?: readonly Fact[],
  ): Inspection {
    const makeReports = () => this.#runner.run(this.#documentRules, subject, EMPTY_WORLD, watched);
    const facts =
      knownFacts ?? watched?.notingForFacts(() => factsOfDocument(subject.resources, subject.pipeline));
    return new DocumentInspection({ document, subject, makeReports, watched, facts });
  }

  /** Whether a document can have findings in some world; if not, it need not be kept. */
  canHaveFindings(inspection: Inspection): boolean {
    const { resources, pipeline: ownPipeline } = inspection;
    const isLookedAt = this.#workspaceRules.some(
      ({ document, resource, pod, pipeline }) =>
        document !== undefined ||
        (pipeline !== undefined && ownPipeline !== undefined) ||
        resources.some(
          (candidate) =>
            (resource !== undefined && (resource.kinds?.includes(candidate.kind) ?? true)) ||
            (pod !== undefined && isWorkload(candidate)),
        ),
    );
    return isLookedAt || inspection.reports.length > 0;
  }

  /**
   * The findings of a document, suppressed ones included, in the order of their places.
   *
   * @param fileSuppressions those of reach `file` from all documents of the file
   * @param file its address or path, which exceptions in the configuration may name
   */
  findings(
    inspection: Inspection,
    world: World,
    fileSuppressions: readonly Suppression[],
    file = '',
  ): Finding[] {
    const resources = inspection.resources.map((resource) => inNamespace(resource, world.namespace));
    const { parsed, pipeline, role } = inspection;
    const subject = { parsed, pipeline, role, resources };
    const reports = [
      ...inspection.reports,
      ...this.#runner.run(this.#workspaceRules, subject, world, inspection.watched),
    ].filter((report) => !isLeftToKustomize(report, world));
    const scopes = new Map<Resource, boolean>();
    for (const [index, resource] of resources.entries()) {
      const isInScope = isInPhiScope(resource, world, this.#options.configuration.settings);
      scopes.set(resource, isInScope).set(inspection.resources[index] ?? resource, isInScope);
    }
    const suppressions = [...inspection.suppressions, ...fileSuppressions].filter((suppression) =>
      isInForce(suppression, this.#options.today),
    );
    const findings = reports.flatMap((raw) => {
      const inScope = raw.resource === undefined || scopes.get(raw.resource) !== false;
      const finding = this.#finding(raw, inScope, inspection, suppressions);
      return finding === undefined ? [] : [this.withException(finding, file)];
    });
    const all = [...findings, ...this.#judgeSuppressions(inspection, world, findings)];
    return withoutRepetitions(withPrivateNames(all, inspection.document.text));
  }

  /**
   * A finding with the exception of the configuration that covers it, should there be one. What is said in the manifest itself comes first.
   *
   * @param file its address or path
   */
  withException(finding: Finding, file: string): Finding {
    if (finding.suppression !== undefined) return finding;
    const suppression = this.#exceptions.covering(finding.rule, finding.resource, file);
    return suppression === undefined ? finding : { ...finding, suppression };
  }

  /**
   * A finding that was made outside of any document, such as an error of a template; undefined when its rule is off or not there.
   */
  findingFor(id: string, said: OutsideReport): Finding | undefined {
    const rule = this.#options.rules.find((candidate) => candidate.id === id);
    const severity = rule && severityOf(rule, this.#options.configuration, said.severity);
    if (rule === undefined || severity === undefined || severity === 'off') return undefined;
    return {
      rule: id,
      messageId: said.messageId,
      message: fillMessage(rule.meta.messages[said.messageId] ?? rule.meta.title, said.data),
      severity,
      confidence: 'high',
      range: said.range,
      path: [],
      resource: undefined,
      related: [],
      fixes: [],
      suppression: undefined,
    };
  }

  /** What rules say of the document's suppressions, now that it is known which of them cover anything. */
  #judgeSuppressions(inspection: Inspection, world: World, findings: readonly Finding[]): Finding[] {
    if (inspection.suppressions.length === 0) return [];
    const active = new Map([...this.#documentRules, ...this.#workspaceRules].map((rule) => [rule.id, rule]));
    const stateOf = (suppression: Suppression, id: string) => {
      if (!this.#knownRules.has(id)) return 'unknown';
      if (findings.some((finding) => finding.rule === id && finding.suppression === suppression))
        return 'used';
      const rule = active.get(id);
      const decided = rule !== undefined && (rule.meta.scope === 'document' || world.complete);
      // Most of what values come to shows only in what a chart renders.
      const isLookedAt = inspection.role === 'manifest' || rule?.values !== undefined;
      const isWhole = suppression.reach !== 'file' && inspection.parsed.problems.length === 0;
      return decided && isWhole && isLookedAt ? 'unused' : 'undecided';
    };
    return this.#reportsOn(inspection, world, stateOf);
  }

  /**
   * What rules say of suppressions in a file that documents are rendered from.
   *
   * @param isUsed whether one covers a finding of a rule; undefined where that is not known
   */
  findingsOn(
    document: DocumentText,
    suppressions: readonly Suppression[],
    isUsed: (suppression: Suppression, rule: string) => boolean | undefined,
  ): Finding[] {
    const decided = new Set(
      this.#documentRules.filter(({ values }) => values === undefined).map(({ id }) => id),
    );
    const stateOf = (suppression: Suppression, id: string) => {
      if (!this.#knownRules.has(id)) return 'unknown';
      const used = isUsed(suppression, id);
      if (used === true) return 'used';
      return used === false && decided.has(id) && suppression.reach === 'line' ? 'unused' : 'undecided';
    };
    return this.#reportsOn({ ...nothingIn(document, []), suppressions }, EMPTY_WORLD, stateOf);
  }

  #reportsOn(
    inspection: Inspection,
    world: World,
    stateOf: (suppression: Suppression, id: string) => SuppressionState,
  ): Finding[] {
    const { text } = inspection.document;
    const written = inspection.suppressions.map((suppression): WrittenSuppression => {
      const { range, annotation, reason, until } = suppression;
      const rules = suppression.rules.map((id) => ({ id, state: stateOf(suppression, id) }));
      return { range, text: text.slice(range.start, range.end), annotation, reason, until, rules };
    });
    const reports = this.#runner.runOnSuppressions(
      [...this.#documentRules, ...this.#workspaceRules],
      written,
      world,
    );
    return reports.flatMap((raw) => this.#finding(raw, true, inspection, []) ?? []);
  }

  #finding(
    { rule, report, resource }: RawReport,
    inScope: boolean,
    { document, parsed }: Inspection,
    suppressions: readonly Suppression[],
  ): Finding | undefined {
    const severity = severityOf(rule, this.#options.configuration, report.severity, inScope);
    if (severity === 'off') return undefined;
    const path = pathOf(report.at, report.missing);
    const range = rangeOf(report.at, report.missing, parsed);
    const lines = startsOf(report.at, range).map((start) => document.lines.lineAt(start));
    return {
      rule: rule.id,
      messageId: report.messageId,
      message: fillMessage(rule.meta.messages[report.messageId] ?? rule.meta.title, report.data),
      severity,
      confidence: report.confidence ?? 'high',
      range,
      path,
      resource: resource && nameOf(resource),
      related: (report.related ?? []).map(({ at, message }) => ({
        range: rangeOf(at, undefined, parsed),
        message,
      })),
      ...(report.relatedObjects?.length && { relatedObjects: report.relatedObjects }),
      fixes: report.fixes ?? [],
      allowance: report.allowance,
      suppression: suppressions.find((suppression) => covers(suppression, rule.id, lines, path)),
    };
  }
}

/** As written, wherever an application may put it. */
function nameOf({ kind, name, metadata }: Resource): ResourceName {
  return { kind, name, namespace: metadata?.get('namespace')?.text };
}

/**
 * Whether something only seems to be missing, since a kustomization puts it there: a patch says but what it changes, and is no object that others
 * could belong to; what the API requires may be added to a resource.
 */
function isLeftToKustomize({ rule, report }: RawReport, world: World): boolean {
  const isAboutWhole = report.missing !== undefined || rule.meta.scope === 'workspace';
  if (!isAboutWhole || world.usedAs === undefined) return false;
  return world.usedAs === 'part' || (report.missing !== undefined && rule.meta.safeguard === 'authoring');
}

/** One cause seen twice, such as a container list reached through an alias, is one finding. */
function withoutRepetitions(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ rule, range, message }) => {
      const key = `${rule} ${range.start} ${range.end} ${message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end || (a.rule < b.rule ? -1 : 1));
}
