import { scalarText } from '../chart/metadata.ts';
import { YamlError } from '../encoding/yaml/error.ts';
import type { YamlNode } from '../encoding/yaml/nodes.ts';
import { readYaml } from '../encoding/yaml/reader.ts';
import type { Str } from '../trace/text.ts';
import { compareStrings } from '../value/value.ts';
import { type ManifestHead, scanManifestHead } from './manifest-head.ts';

/** A document that a template made. */
export interface Manifest {
  /** As Helm names it: `c/templates/a.yaml`. */
  readonly path: string;
  readonly content: Str;
  readonly kind: string;
  readonly isHook: boolean;
}

export interface ManifestProblem {
  readonly path: string;
  readonly message: string;
  readonly content: Str;
  /** Where in the content, as far as it is known. */
  readonly offset: number;
}

const SPACE = new Set(' \t\n\f\r\v\u0085\u00a0');
/** What `\s` is to RE2. */
const RE2_SPACE = new Set(' \t\n\f\r');

/** Parts the text of a template into documents, exactly as Helm's regular expression `(?:^|\s*\n)---\s*` does. */
export function splitManifests(text: Str): Str[] {
  const whole = trimmed(text, 0, text.text.length);
  const source = whole.text;
  const pieces: [number, number][] = [];
  let start = 0;
  for (let at = nextMarker(source, 0); at !== -1; at = nextMarker(source, at + 3)) {
    // The line break before the marker may have gone to the marker before it.
    const isLineStart = at === 0 || at - 1 >= start;
    if (!isLineStart) continue;
    let end = at === 0 ? 0 : at - 1;
    while (end > start && RE2_SPACE.has(source[end - 1] ?? '')) end--;
    pieces.push([start, Math.max(end, start)]);
    start = at + 3;
    while (RE2_SPACE.has(source[start] ?? '')) start++;
  }
  pieces.push([start, source.length]);
  return pieces.filter(([from, to]) => to > from).map(([from, to]) => trimmed(whole, from, to));
}

/** The next `---` at the beginning of a line. */
function nextMarker(source: string, from: number): number {
  if (from === 0 && source.startsWith('---')) return 0;
  const at = source.indexOf('\n---', Math.max(from - 1, 0));
  return at === -1 ? -1 : at + 1;
}

function trimmed(text: Str, from: number, to: number): Str {
  let start = from;
  let end = to;
  while (start < end && SPACE.has(text.text[start] ?? '')) start++;
  while (end > start && SPACE.has(text.text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}

const HOOK = 'helm.sh/hook';
const HOOK_EVENTS = new Set([
  ...['pre-install', 'post-install', 'pre-delete', 'post-delete', 'pre-upgrade', 'post-upgrade'],
  ...['pre-rollback', 'post-rollback', 'test', 'test-success'],
]);

/** Reads the head of a document. Undefined for hooks of unknown events, which Helm drops. */
export function readManifest(path: string, content: Str): Manifest | ManifestProblem | undefined {
  const head = scanManifestHead(content.text);
  return head === undefined ? readWholeManifest(path, content) : manifestOf(path, content, head);
}

function manifestOf(path: string, content: Str, { kind, hook }: ManifestHead): Manifest | undefined {
  if (hook === undefined) return { path, content, kind, isHook: false };
  const areKnown = hook.split(',').every((event) => HOOK_EVENTS.has(event.trim().toLowerCase()));
  return areKnown ? { path, content, kind, isHook: true } : undefined;
}

/** Reads a document as YAML, with all that can be wrong with it. */
export function readWholeManifest(path: string, content: Str): Manifest | ManifestProblem | undefined {
  let root: YamlNode | undefined;
  const problem = (message: string, offset: number): ManifestProblem => ({
    path,
    message: `YAML parse error on ${path}: ${message}`,
    content,
    offset,
  });
  try {
    root = readYaml(content.text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return problem(`error converting YAML to JSON: ${error.message}`, error.offset);
  }
  const mismatch = (node: YamlNode, target: string) =>
    problem(
      `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonType(node)} into Go ${target}`,
      node.start,
    );
  if (root === undefined || isNull(root)) return { path, content, kind: '', isHook: false };
  if (root.kind !== 'map') return mismatch(root, 'value of type util.SimpleHead');
  const texts = new Map<string, string>();
  for (const name of ['apiVersion', 'kind']) {
    const node = field(root, name);
    if (node === undefined || isNull(node)) continue;
    if (node.kind !== 'scalar') return mismatch(node, `struct field SimpleHead.${name} of type string`);
    texts.set(name, scalarText(node.value));
  }
  const kind = texts.get('kind') ?? '';
  const metadata = field(root, 'metadata');
  if (metadata === undefined || isNull(metadata)) return { path, content, kind, isHook: false };
  if (metadata.kind !== 'map') {
    return mismatch(
      metadata,
      'struct field SimpleHead.metadata of type struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }',
    );
  }
  const name = field(metadata, 'name');
  if (name !== undefined && name.kind !== 'scalar') {
    return mismatch(name, 'struct field .metadata.name of type string');
  }
  const annotations = field(metadata, 'annotations');
  if (annotations === undefined || isNull(annotations)) return { path, content, kind, isHook: false };
  if (annotations.kind !== 'map') {
    return mismatch(annotations, 'struct field .metadata.annotations of type map[string]string');
  }
  for (const { value } of annotations.entries.values()) {
    if (value.kind !== 'scalar') {
      return mismatch(value, 'struct field .metadata.annotations of type string');
    }
  }
  const hook = annotations.entries.get(HOOK)?.value;
  if (hook === undefined || hook.kind !== 'scalar') return { path, content, kind, isHook: false };
  return manifestOf(path, content, { kind, hook: scalarText(hook.value) });
}

export function isProblem(manifest: Manifest | ManifestProblem): manifest is ManifestProblem {
  return 'message' in manifest;
}

/** encoding/json finds fields whatever their case; the exact name is preferred. */
function field(map: Extract<YamlNode, { kind: 'map' }>, name: string): YamlNode | undefined {
  const exact = map.entries.get(name)?.value;
  if (exact !== undefined) return exact;
  for (const [key, { value }] of map.entries) {
    if (key.length === name.length && key.toLowerCase() === name.toLowerCase()) return value;
  }
  return undefined;
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function jsonType(node: YamlNode): string {
  if (node.kind === 'map') return 'object';
  if (node.kind === 'list') return 'array';
  return typeof node.value === 'boolean' ? 'bool' : typeof node.value;
}

const INSTALL_ORDER = new Map(
  [
    ...['PriorityClass', 'Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy'],
    ...['PodDisruptionBudget', 'ServiceAccount', 'Secret', 'SecretList', 'ConfigMap', 'StorageClass'],
    ...['PersistentVolume', 'PersistentVolumeClaim', 'CustomResourceDefinition', 'ClusterRole'],
    ...['ClusterRoleList', 'ClusterRoleBinding', 'ClusterRoleBindingList', 'Role', 'RoleList'],
    ...['RoleBinding', 'RoleBindingList', 'Service', 'DaemonSet', 'Pod', 'ReplicationController'],
    ...['ReplicaSet', 'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob'],
    ...['IngressClass', 'Ingress', 'APIService', 'MutatingWebhookConfiguration'],
    'ValidatingWebhookConfiguration',
  ].map((kind, index) => [kind, index] as const),
);

/** The order in which Helm installs kinds: those that it knows first, then the others by name. */
export function sortByKind(manifests: readonly Manifest[]): Manifest[] {
  return manifests.toSorted((a, b) => {
    const left = INSTALL_ORDER.get(a.kind);
    const right = INSTALL_ORDER.get(b.kind);
    if (left === undefined && right === undefined) return compareStrings(a.kind, b.kind);
    if (left === undefined) return 1;
    return right === undefined ? -1 : left - right;
  });
}
