/** Names and shapes that server and client share. Holds no code, so that the client does not carry the server. */

/** Section of the editor's settings. */
export const SETTINGS_SECTION = 'kubeSafeguards';

/** The `source` of every diagnostic. */
export const DIAGNOSTIC_SOURCE = 'kube-safeguards';

/** The kind of the code action that applies all safe fixes of a file. */
export const FIX_ALL_KIND = 'source.fixAll.kubeSafeguards';

/** The kind of the code action that applies every hardening fix of a file, also those that change what runs. */
export const HARDEN_KIND = 'source.harden.kubeSafeguards';

/** The kind of the code action that takes all PHI and credentials out of a file. */
export const REDACT_KIND = 'source.redact.kubeSafeguards';

/** What the client may say in `initializationOptions`. */
export interface InitializationOptions {
  /** Whether the user trusts the workspace; absent counts as trusted. */
  readonly trusted?: boolean;
  /** False when another extension describes and completes the fields of manifests already. */
  readonly fieldHelp?: boolean;
  /** Settings for clients that cannot be asked for their configuration, as in the section `kubeSafeguards`. */
  readonly settings?: unknown;
  /** URI of the folder with the schemas of Kubernetes, for a server that reads files through the client. */
  readonly schemas?: string;
  /** Whether the client answers `READ_FILE_REQUEST` and `LIST_FOLDER_REQUEST` for files that are on no disk. */
  readonly readsFiles?: boolean;
  /** The scheme under which the client shows pages of rules, `RULE.md` as path; links lead to the documentation on the web otherwise. */
  readonly rulePages?: string;
  /** What is said of the program itself (lenses, actions, questions) in the language of the editor, by the English text; absent for English. */
  readonly texts?: Readonly<Record<string, string>>;
  /** The client's command that shows the page of a rule, whose id is its argument: for links in hovers, and for code actions. */
  readonly explainCommand?: string;
}

/**
 * Sent by a client whenever another extension has begun or ceased to help in a file, before the server is asked for help there; params: `DescribedElsewhereParams`.
 */
export const DESCRIBED_ELSEWHERE_NOTIFICATION = 'kubeSafeguards/describedElsewhere';

export interface DescribedElsewhereParams {
  readonly uri: string;
  /** Whose fields are described, each as `apiVersion@kind` in small letters. */
  readonly kinds: readonly string[] | 'all';
  /** Whether the functions and keywords of templates are. */
  readonly functions: boolean;
}

/**
 * Asked by a server for files that it cannot read itself: all of them in a browser, else those of virtual file systems; params: `ReadFileParams`, result: `ReadFileResult`, or null when there is
 * no such file.
 */
export const READ_FILE_REQUEST = 'kubeSafeguards/readFile';

export interface ReadFileParams {
  readonly uri: string;
  /** In bytes; larger files are not read. */
  readonly maxSize: number;
}

export type ReadFileResult =
  | { readonly base64: string }
  | { readonly skipped: 'too-large' | 'unreadable' | 'outside-workspace' };

/** Asked like the one above; params: `ListFolderParams`, result: `FolderEntryResult[]`, or null when the folder cannot be listed. */
export const LIST_FOLDER_REQUEST = 'kubeSafeguards/listFolder';

export interface ListFolderParams {
  readonly uri: string;
}

export interface FolderEntryResult {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link';
}

/** Sent by the server when something has changed otherwise than by an edit, such as a file on disk; without params. */
export const CHANGED_NOTIFICATION = 'kubeSafeguards/changed';

/** Sent by the server whenever it has changed; params: `Status`. */
export const STATUS_NOTIFICATION = 'kubeSafeguards/status';

export interface Status {
  /** Files that hold manifests, and the findings in them, by severity. Open files and, where asked for, the workspace. */
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  /** Findings that suppressions and exceptions cover. */
  readonly suppressed: number;
  /** Whether the workspace is still being read. */
  readonly indexing: boolean;
  readonly skipped: readonly SkippedFile[];
  readonly configurationProblems: readonly ConfigurationProblem[];
  /** Rules that the configuration of a workspace which is not trusted switches off or lowers. */
  readonly loweredRules: readonly string[];
  /** Rules that the configuration, of whomever, switches off, lowers or makes exceptions from. */
  readonly configuredRules: readonly string[];
  readonly scope: Scope;
}

/** What is known to hold PHI. */
export interface Scope {
  /** As configured, `*` as wildcard; empty: every namespace may. */
  readonly namespaces: readonly string[];
  readonly labels: readonly string[];
}

export interface SkippedFile {
  readonly uri: string;
  readonly reason: 'too-large' | 'binary' | 'not-utf-8' | 'unreadable' | 'outside-workspace';
}

export interface ConfigurationProblem {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  readonly message: string;
}

/** Asked by the client for the preview of a template; params: `RenderedManifestParams`, result: `RenderedManifest` or null. */
export const RENDERED_MANIFEST_REQUEST = 'kubeSafeguards/renderedManifest';

export interface RenderedManifestParams {
  /** A template of a chart. */
  readonly uri: string;
}

export interface RenderedManifest {
  readonly text: string;
  /** For each line of the text the line of the template that it comes from, from 0; -1 where there is none. */
  readonly sources: readonly number[];
}

/** Asked by the client while a person describes a new service; params: `NewServiceParams`, result: `NewService`. */
export const NEW_SERVICE_REQUEST = 'kubeSafeguards/newService';

/** Answers as they were typed; those not asked for yet are absent. */
export interface NewServiceAnswers {
  readonly name?: string;
  readonly namespace?: string;
  readonly image?: string;
  readonly port?: string;
  /** `NAME` of the same namespace, or `NAMESPACE/NAME`. */
  readonly callers?: readonly string[];
  readonly database?: boolean;
  readonly host?: string;
  readonly entry?: string;
  readonly mesh?: string;
  readonly cloud?: string;
  readonly output?: string;
}

export interface NewServiceParams {
  /** The workspace folder whose configuration counts. */
  readonly folder: string;
  readonly answers: NewServiceAnswers;
}

export interface NewService {
  /** What is wrong or missing, in the order of the questions. */
  readonly problems: readonly { readonly question: keyof NewServiceAnswers; readonly message: string }[];
  /** Empty as long as there are problems. Paths are below the folder of the service. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Asked by the client for what a workspace folder holds; params: `FolderParams`, result: `FolderSurvey`. */
export const SURVEY_REQUEST = 'kubeSafeguards/survey';

export interface FolderParams {
  /** A workspace folder. */
  readonly folder: string;
}

export interface FolderSurvey {
  readonly namespaces: readonly string[];
  /** Those that seem to hold PHI. */
  readonly phiNamespaces: readonly string[];
  /** Those that the configuration allows, or else the private ones that images come from, the most used first. */
  readonly registries: readonly string[];
  /** `NAMESPACE/NAME`. */
  readonly workloads: readonly string[];
  readonly meshes: readonly string[];
}

/** Asked by the client for a configuration file that fits a workspace folder; params: `FolderParams`, result: its text. */
export const PROPOSED_CONFIGURATION_REQUEST = 'kubeSafeguards/proposedConfiguration';

/** The command of the server that repairs findings; its argument: `FixTarget`. The edit is sent to the client. */
export const FIX_FINDINGS_COMMAND = 'kubeSafeguards.fixFindings';

/** Which findings of a file to repair: those that fit everything that is said. */
export interface FixTarget {
  readonly uri: string;
  readonly resource?: NamedResource;
  readonly rule?: string;
  readonly message?: string;
  /** `all`: also with fixes that may change what runs. */
  readonly level: 'safe' | 'all';
}

export interface NamedResource {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Asked by the client for all findings of the workspace; no params, result: `Posture`. */
export const POSTURE_REQUEST = 'kubeSafeguards/posture';

export interface Posture {
  readonly files: readonly PostureFile[];
  /** The rules that the findings are of, by id. */
  readonly rules: Readonly<Record<string, PostureRule>>;
  /** Findings that were too many to be told. */
  readonly leftOut: number;
}

export interface PostureRule {
  readonly title: string;
  /** The group of rules, in words. */
  readonly safeguard: string;
  /** The provisions of the HIPAA rules: `45 CFR 164.312(a)(1): Access control`. */
  readonly provisions: readonly string[];
}

export interface PostureFile {
  readonly uri: string;
  /** The URI of the folder that deploys as a whole, where it is known. */
  readonly unit?: string;
  readonly findings: readonly PostureFinding[];
}

export interface PostureFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly range: { readonly start: PosturePosition; readonly end: PosturePosition };
  readonly resource?: NamedResource;
  /** The reason, the approver and the end of what covers the finding; absent for one that counts. */
  readonly covered?: Cover;
  /** The mildest fix that there is. */
  readonly fix?: 'safe' | 'review';
}

/** Zero-based. */
export interface PosturePosition {
  readonly line: number;
  readonly character: number;
}

export interface Cover {
  /** `exception`: in the configuration; `suppression`: in place. */
  readonly by: 'exception' | 'suppression';
  readonly reason: string;
  readonly approver?: string;
  /** `YYYY-MM-DD`. */
  readonly until?: string;
}

/** Asked by the client for the evidence report of the workspace; params: {@link EvidenceReportParams}, or none for a page; result: the report. */
export const EVIDENCE_REPORT_REQUEST = 'kubeSafeguards/evidenceReport';

export interface EvidenceReportParams {
  /** `sarif` and `junit` tell the findings alone. */
  readonly format: 'html' | 'md' | 'csv' | 'oscal' | 'sarif' | 'junit';
}

/** Asked by the client for admission policies that refuse what is flagged; no params, result: a manifest. */
export const CLUSTER_POLICIES_REQUEST = 'kubeSafeguards/clusterPolicies';
