import type { World } from '../analysis/world.ts';
import { type Pod, podOf } from '../kubernetes/pods.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { Report, Rule, RuleContext, WrittenSuppression } from '../rules/rule.ts';
import type { RuleSettings } from '../rules/settings.ts';
import type { Configuration } from './configuration.ts';
import type { Subject } from './subject.ts';
import type { WatchedReports } from './watched-reports.ts';

/** A report of one rule, before scope and suppressions have been looked at. */
export interface RawReport {
  readonly rule: Rule;
  readonly report: Report;
  readonly resource: Resource | undefined;
}

export interface RuleRunnerOptions {
  readonly configuration: Configuration;
  /** `YYYY-MM-DD`: decides which suppressions have expired. */
  readonly today: string;
  /** What is known of Kubernetes' kinds. */
  readonly schemas?: KubernetesSchemas | undefined;
  /** Told of a rule that failed; everything else goes on. */
  readonly onCrash?: (rule: string, error: unknown) => void;
}

/** What the rules of a run are given, one after the other: each reports while it checks, and never later. */
class RunContext implements RuleContext {
  readonly settings: RuleSettings;
  readonly world: World;
  readonly today: string;
  readonly schemas: KubernetesSchemas | undefined;
  readonly report: (report: Report) => void;
  /** The one that checks, and what it looks at. */
  rule: Rule | undefined;
  resource: Resource | undefined;

  constructor({ configuration, today, schemas }: RuleRunnerOptions, world: World, reports: RawReport[]) {
    this.settings = configuration.settings;
    this.world = world;
    this.today = today;
    this.schemas = schemas;
    this.report = (report) => {
      if (this.rule !== undefined) reports.push({ rule: this.rule, report, resource: this.resource });
    };
  }
}

/** Runs the checks of rules, each contained: one that fails costs its own findings in this document and nothing else. */
export class RuleRunner {
  readonly #options: RuleRunnerOptions;

  constructor(options: RuleRunnerOptions) {
    this.#options = options;
  }

  /** @param watched keeps what rules say, and knows what some of them have said already */
  run(rules: readonly Rule[], subject: Subject, world: World, watched?: WatchedReports): RawReport[] {
    const reports: RawReport[] = [];
    const context = new RunContext(this.#options, world, reports);
    const { resources } = subject;
    const podsOf = () =>
      new Map<Resource, Pod | undefined>(resources.map((resource) => [resource, podOf(resource)]));
    const pods = watched === undefined ? podsOf() : watched.notingForAll(podsOf);
    for (const rule of rules) {
      const known = watched?.reportsOf(rule, world);
      if (known !== undefined) {
        reports.push(...known);
        continue;
      }
      const from = reports.length;
      if (watched === undefined) this.#check(rule, subject, pods, context);
      else if (watched.noting(rule, () => this.#check(rule, subject, pods, context)))
        watched.keep(rule, world, reports.slice(from));
    }
    return reports;
  }

  /** Tells rules of the suppressions of a document. */
  runOnSuppressions(
    rules: readonly Rule[],
    suppressions: readonly WrittenSuppression[],
    world: World,
  ): RawReport[] {
    const reports: RawReport[] = [];
    const context = new RunContext(this.#options, world, reports);
    for (const rule of rules) {
      context.rule = rule;
      for (const suppression of suppressions) {
        try {
          rule.suppression?.(suppression, context);
        } catch (error) {
          this.#options.onCrash?.(rule.id, error);
        }
      }
    }
    return reports;
  }

  /** @returns whether the rule came to its end */
  #check(
    rule: Rule,
    subject: Subject,
    pods: ReadonlyMap<Resource, Pod | undefined>,
    context: RunContext,
  ): boolean {
    context.rule = rule;
    try {
      checkDocument(rule, subject, context);
      for (const resource of subject.resources) {
        context.resource = resource;
        if (rule.resource?.kinds?.includes(resource.kind) ?? true) rule.resource?.check(resource, context);
        const pod = rule.pod && pods.get(resource);
        if (pod !== undefined) rule.pod?.(pod, context);
      }
      return true;
    } catch (error) {
      this.#options.onCrash?.(rule.id, error);
      return false;
    }
  }
}

function checkDocument(
  rule: Rule,
  { parsed, resources, pipeline, role }: Subject,
  context: RunContext,
): void {
  context.resource = undefined;
  if (pipeline !== undefined) rule.pipeline?.(pipeline, context);
  if (role === 'chart-values') rule.values?.(parsed, context);
  else if (pipeline === undefined || resources.length > 0) rule.document?.(parsed, context);
}
