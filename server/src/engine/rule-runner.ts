import type { World } from '../analysis/world.ts';
import { type Pod, podOf } from '../kubernetes/pods.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { Report, Rule, RuleContext } from '../rules/rule.ts';
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

/** Runs the checks of rules, each contained: one that fails costs its own findings in this document and nothing else. */
export class RuleRunner {
  readonly #options: RuleRunnerOptions;

  constructor(options: RuleRunnerOptions) {
    this.#options = options;
  }

  contextOf(rule: Rule, resource: Resource | undefined, world: World, reports: RawReport[]): RuleContext {
    return {
      report: (report) => void reports.push({ rule, report, resource }),
      settings: this.#options.configuration.settings,
      world,
      today: this.#options.today,
      schemas: this.#options.schemas,
    };
  }

  /** @returns whether the rule came to its end */
  contain(rule: Rule, check: () => void): boolean {
    try {
      check();
      return true;
    } catch (error) {
      this.#options.onCrash?.(rule.id, error);
      return false;
    }
  }

  /** @param watched keeps what rules say, and knows what some of them have said already */
  run(rules: readonly Rule[], subject: Subject, world: World, watched?: WatchedReports): RawReport[] {
    const reports: RawReport[] = [];
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
      const check = () => this.#check(rule, subject, pods, world, reports);
      if (watched === undefined) this.contain(rule, check);
      else if (watched.noting(rule, () => this.contain(rule, check)))
        watched.keep(rule, world, reports.slice(from));
    }
    return reports;
  }

  #check(
    rule: Rule,
    { parsed, resources, pipeline, role }: Subject,
    pods: ReadonlyMap<Resource, Pod | undefined>,
    world: World,
    reports: RawReport[],
  ): void {
    const contextFor = (resource: Resource | undefined) => this.contextOf(rule, resource, world, reports);
    const isOnlyPipeline = pipeline !== undefined && resources.length === 0;
    if (pipeline !== undefined) rule.pipeline?.(pipeline, contextFor(undefined));
    if (role === 'chart-values') rule.values?.(parsed, contextFor(undefined));
    else if (!isOnlyPipeline) rule.document?.(parsed, contextFor(undefined));
    for (const resource of resources) {
      if (rule.resource !== undefined && (rule.resource.kinds?.includes(resource.kind) ?? true)) {
        rule.resource.check(resource, contextFor(resource));
      }
      const pod = rule.pod && pods.get(resource);
      if (pod !== undefined) rule.pod?.(pod, contextFor(resource));
    }
  }
}
