import type { Safeguard, Severity } from '../../rules/rule.ts';

/**
 * What the manifests tell about a control. `met`: every part of it is shown by something in the manifests. `violated`: something speaks against
 * it. `excepted`: so it does, and somebody has decided to leave it. `undecided`: manifests alone do not tell.
 */
export type Status = 'met' | 'violated' | 'excepted' | 'undecided';

/** From the gravest. */
export const STATUSES: readonly Status[] = ['violated', 'excepted', 'undecided', 'met'];

export interface EvidencePlace {
  /** Relative to the working folder, with `/` between the parts. */
  readonly file: string;
  /** One-based; absent where something was derived, or the file is meant as a whole. */
  readonly line?: number;
  /** The folder that deploys it, apart from others that do so too; absent where there is but one way. */
  readonly unit?: string;
}

/** Something that the manifests say about a part of a control. */
export interface Statement {
  readonly text: string;
  readonly place: EvidencePlace;
}

/** A finding as evidence. */
export interface EvidenceFinding extends Statement {
  readonly rule: string;
  readonly safeguard: Safeguard;
  readonly severity: Severity;
  readonly citations: readonly string[];
  /** `Deployment phi/api`; empty where it is about none. */
  readonly resource: string;
  readonly namespace: string | undefined;
  /** Of the suppression or exception that covers it. */
  readonly exception?: string;
}

/** One part of a control, judged. */
export interface JudgedAspect {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  /** What shows that it is met. */
  readonly shown: readonly Statement[];
  /** What it would also have to be shown for. */
  readonly open: readonly Statement[];
  readonly violations: readonly EvidenceFinding[];
  readonly exceptions: readonly EvidenceFinding[];
  /** Findings that are advice, or uncertain: somebody should look. */
  readonly questions: readonly EvidenceFinding[];
  /** Rules about it that the configuration switches off. */
  readonly rulesOff: readonly string[];
  /** What outside of the manifests would decide it. */
  readonly evidence: string;
}

export interface JudgedControl {
  readonly id: string;
  readonly title: string;
  readonly safeguard: Safeguard;
  readonly citations: readonly string[];
  readonly status: Status;
  readonly aspects: readonly JudgedAspect[];
}

export interface NamespaceRecord {
  readonly name: string;
  /** The folder that deploys as a whole in which this holds; absent where everything deploys together. */
  readonly unit?: string;
  readonly phi: boolean;
  /** Why it counts as holding PHI or not, in words. */
  readonly why: string;
  readonly workloads: number;
  /** Of Pod Security admission; absent where the Namespace names none. */
  readonly podSecurity?: string;
  /** Directions that are closed by default. */
  readonly closed: readonly string[];
  readonly places: readonly EvidencePlace[];
}

/** Who may do what, by one binding. */
export interface GrantRecord {
  readonly subject: string;
  readonly role: string;
  /** A namespace, or the whole cluster. */
  readonly where: string;
  /** Empty where the role is not among the manifests. */
  readonly permissions: readonly string[];
  readonly place: EvidencePlace;
}

export interface PolicyRecord {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly selects: string;
  readonly closes: readonly string[];
  /** In words, one a rule. */
  readonly rules: readonly string[];
  readonly place: EvidencePlace;
}

export interface ReachNode {
  readonly id: string;
  readonly label: string;
  /** `callee`: others that a workload may send to. */
  readonly type: 'phi' | 'other' | 'callee' | 'internet' | 'anything';
}

/** That the policies in view let one connect to the other. */
export interface ReachEdge {
  readonly from: string;
  readonly to: string;
  /** `TCP 5432`, or empty for any. */
  readonly ports: readonly string[];
}

export interface Reach {
  readonly nodes: readonly ReachNode[];
  readonly edges: readonly ReachEdge[];
  /** Workloads that were left out, since there are more than a picture can show. */
  readonly leftOut: number;
}

export interface ExceptionRecord {
  readonly rules: readonly string[];
  readonly scope: string;
  readonly reason: string;
  readonly approver: string | undefined;
  readonly date: string | undefined;
  readonly until: string | undefined;
  readonly isInForce: boolean;
  /** Findings that it covers. */
  readonly findings: number;
  readonly place: EvidencePlace;
}

/** What is known of one safeguard in one namespace. */
export interface CoverageCell {
  readonly safeguard: Safeguard;
  readonly status: Status;
  readonly violations: number;
  readonly exceptions: number;
  readonly shown: number;
}

export interface CoverageRow {
  /** Undefined for what concerns the cluster or names no namespace. */
  readonly namespace: string | undefined;
  readonly cells: readonly CoverageCell[];
}

/** Where the report comes from. */
export interface Provenance {
  readonly toolVersion: string;
  /** RFC 3339, in UTC. */
  readonly time: string;
  /** Absent where no repository is around. */
  readonly commit?: { readonly id: string; readonly branch?: string };
  readonly inputs: InputHash;
  readonly profile: string;
  readonly kubernetesVersion: string;
}

export interface InputHash {
  readonly files: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface RuleRecord {
  readonly id: string;
  readonly title: string;
  readonly safeguard: Safeguard;
  readonly severity: Severity | 'off';
  readonly citations: readonly string[];
}

/** All that the manifests have to tell an auditor: what every format of the report is made from. */
export interface EvidenceReport {
  readonly provenance: Provenance;
  readonly controls: readonly JudgedControl[];
  readonly coverage: readonly CoverageRow[];
  readonly reach: Reach;
  readonly namespaces: readonly NamespaceRecord[];
  readonly grants: readonly GrantRecord[];
  readonly policies: readonly PolicyRecord[];
  readonly exceptions: readonly ExceptionRecord[];
  readonly findings: readonly EvidenceFinding[];
  readonly rules: readonly RuleRecord[];
  /** What kept files from being checked, for people. */
  readonly problems: readonly string[];
}

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  met: 'met',
  violated: 'violated',
  excepted: 'excepted',
  undecided: 'not decidable from manifests',
};

/** What every report says about itself. */
export const DISCLAIMER =
  'This report tells what the manifests show about technical safeguards of the HIPAA Security Rule. It is evidence for whoever assesses them, not a legal verdict, and says nothing of what the manifests do not hold.';
