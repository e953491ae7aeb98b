import type { Pipeline } from '../analysis/pipelines/pipeline.ts';
import type { World } from '../analysis/world.ts';
import type { Pod } from '../kubernetes/pods.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { DocumentOperation, PlainValue } from '../syntax/edit/operations.ts';
import type { ParsedDocument } from '../syntax/parse.ts';
import type { Path } from '../syntax/paths.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import type { Entry, Value } from '../syntax/values.ts';
import type { RuleSettings } from './settings.ts';

export type Severity = 'error' | 'warning' | 'information';
export type Confidence = 'high' | 'medium' | 'low';

/** The groups of the catalogue, which are also the folders of the rules. */
export type Safeguard =
  | 'access-control'
  | 'encryption-at-rest'
  | 'phi-exposure'
  | 'integrity'
  | 'transmission-security'
  | 'audit-controls'
  | 'network-segmentation'
  | 'business-associates'
  | 'authoring';

/** A reference into `rules/references.ts`. */
export interface References {
  /** Sections of 45 CFR, such as `164.312(a)(1)`. Empty for rules about the manifest alone. */
  readonly hipaa: readonly string[];
  /** Controls of NIST SP 800-53 r5, such as `AC-6`. */
  readonly nist: readonly string[];
  /** CIS Kubernetes Benchmark or Pod Security Standards control, in words. */
  readonly benchmark?: string;
  /** Upstream pages that the rule's semantics come from. */
  readonly urls: readonly string[];
}

export interface RuleMeta<MessageId extends string = string> {
  /** A noun phrase or short sentence that names the problem. */
  readonly title: string;
  readonly safeguard: Safeguard;
  /** Why it matters for electronic PHI, in two sentences. */
  readonly rationale: string;
  /** What to do, in words; for the reader of a finding without a fix, too. */
  readonly remediation: string;
  readonly references: References;
  readonly severity: Severity;
  /** Off unless the configuration turns it on. */
  readonly offByDefault?: true;
  /** `workspace`: other files decide too, through the facts of the world. */
  readonly scope: 'document' | 'workspace';
  /** Silent outside PHI scope; other rules are one severity lower there. */
  readonly phiOnly?: true;
  /** Raised to an error by the profile `proposed-2025`, which drops the distinction of addressable and required. */
  readonly requiredAsProposed?: true;
  /** Texts with `{placeholders}` filled from the finding's data. What is wrong, why it matters, what to do. */
  readonly messages: Readonly<Record<MessageId, string>>;
}

/** A place beside the finding's own that explains it. */
export interface RelatedPlace {
  readonly at: Place;
  readonly message: string;
}

/** An object, mostly of another file, that explains a finding. Where it is declared is looked up when the finding is told. */
export interface RelatedObject {
  readonly kind: string;
  readonly name: string;
  /** As written. */
  readonly namespace: string | undefined;
  readonly message: string;
}

/** Where a finding points: a value, a key, or a range of the document's text, which may be a part of a value. */
export type Place =
  | Value
  | { readonly key: Entry }
  | { readonly range: OffsetRange; readonly within?: Value };

/** Adds a document to the file, behind the finding's own document. */
export interface AddDocumentOperation {
  readonly op: 'add-document';
  readonly value: PlainValue;
  /** Comment lines (without `#`) above the new document. */
  readonly comment?: string;
}

/** Sets a value in the configuration file, which is made when it is missing. */
export interface EditConfigurationOperation {
  readonly op: 'edit-configuration';
  readonly path: Path;
  readonly value: PlainValue;
  /** Appends the value to the list at the path. */
  readonly append?: true;
}

/** Sets a value of an object that mostly another file declares; where, is looked up when the fix is made. In editors alone. */
export interface EditObjectOperation {
  readonly op: 'edit-object';
  readonly object: Pick<RelatedObject, 'kind' | 'name' | 'namespace'>;
  /** From the root of the object. */
  readonly path: Path;
  readonly value: PlainValue;
}

export type Operation =
  | DocumentOperation
  | AddDocumentOperation
  | EditConfigurationOperation
  | EditObjectOperation;

/**
 * `safe`: deterministic, and the workload behaves as before. `review`: right, but it may change what runs or what is reachable, so that a
 * person decides.
 */
export type Applicability = 'safe' | 'review';

export interface Fix {
  readonly title: string;
  readonly applicability: Applicability;
  readonly operations: readonly Operation[];
  /** The fix takes PHI or a credential out of the text and leaves everything else as it is. */
  readonly redacts?: true;
}

/** How the configuration can let a value pass that a finding is about. */
export interface Allowance {
  /** Of the configuration. */
  readonly section: 'phi' | 'credentials';
  /** The value's hash, made when it is asked for. */
  readonly hash: () => string;
}

/** Whether a fix is done in the finding's own file, so that no editor is needed for it. */
export function isOfOwnFile({ operations }: Fix): boolean {
  return operations.every(({ op }) => op !== 'edit-configuration' && op !== 'edit-object');
}

/** What a rule says; the engine adds severity, position and the text of the message. */
export interface Report<MessageId extends string = string> {
  readonly at: Place;
  /**
   * What is missing below `at`, when the problem is an absence: the finding then points at the head of the deepest
   * value that exists, and tools know the path where the value belongs.
   */
  readonly missing?: Path;
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly related?: readonly RelatedPlace[];
  readonly relatedObjects?: readonly RelatedObject[];
  /** Alternatives, the recommended one first. */
  readonly fixes?: readonly Fix[];
  readonly confidence?: Confidence;
  /** Of PHI and credentials. */
  readonly allowance?: Allowance;
  /** Only where the catalogue gives one rule several severities, or the configuration one to a kind of text. */
  readonly severity?: Severity;
}

/** A suppression as it is written, and what became of it. */
export interface WrittenSuppression {
  readonly range: OffsetRange;
  /** The comment, or the annotation's key. */
  readonly text: string;
  /** The annotation's value; undefined for comments. */
  readonly annotation: Path | undefined;
  readonly reason: string;
  readonly until: string | undefined;
  /** `undecided`: the rule did not run, or other files could hold what it is about. */
  readonly rules: readonly {
    readonly id: string;
    readonly state: 'used' | 'unused' | 'unknown' | 'undecided';
  }[];
}

/** Whether the reason of a suppression says anything: `<reason>` still waits for somebody to write it. */
export function hasReason(reason: string): boolean {
  return reason !== '' && !/^<.*>$/.test(reason);
}

export interface RuleContext<MessageId extends string = string> {
  readonly report: (report: Report<MessageId>) => void;
  readonly settings: RuleSettings;
  readonly world: World;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** What is known of Kubernetes' kinds; absent where no schemas are at hand. */
  readonly schemas: KubernetesSchemas | undefined;
}

/**
 * One rule. It looks at whole manifests, at resources (of the kinds that it names), at the pods of workloads or at suppressions; the engine
 * calls what is defined. Checks are pure: no input but their arguments, no output but reports. They keep nothing of values from one call to the
 * next, and `resource` and `pod` look at the text of a document only where a value that they have read is written: what they have read decides
 * whether they run again after an edit.
 */
export interface Rule<MessageId extends string = string> {
  readonly id: string;
  readonly meta: RuleMeta<MessageId>;
  readonly document?: (document: ParsedDocument, context: RuleContext<MessageId>) => void;
  readonly resource?: {
    /** Kinds of any API group; the check looks at the group where it matters. Absent: every kind. */
    readonly kinds?: readonly string[];
    readonly check: (resource: Resource, context: RuleContext<MessageId>) => void;
  };
  readonly pod?: (pod: Pod, context: RuleContext<MessageId>) => void;
  /** For the values of Helm charts, which are told by the names of their files. */
  readonly values?: (values: ParsedDocument, context: RuleContext<MessageId>) => void;
  /** For the pipelines of CI systems, which are no manifests (but for those of Tekton). */
  readonly pipeline?: (pipeline: Pipeline, context: RuleContext<MessageId>) => void;
  /** Called after all other rules, with each suppression of the document. */
  readonly suppression?: (suppression: WrittenSuppression, context: RuleContext<MessageId>) => void;
}

/** Ties the message ids of a rule's reports to its messages. */
export function defineRule<MessageId extends string>(rule: Rule<MessageId>): Rule {
  // A rule only ever reports its own message ids, so it may stand among rules of any.
  return rule as unknown as Rule;
}
