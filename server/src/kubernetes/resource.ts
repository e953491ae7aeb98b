import type { ParsedDocument } from '../syntax/parse.ts';
import type { Value } from '../syntax/values.ts';
import { hostConfigurationOf, looksLikeHostConfiguration } from './host-configurations.ts';
import { withoutOwned } from './owned.ts';

/** A Kubernetes object: a document, or one item of a `List`. */
export interface Resource {
  readonly document: ParsedDocument;
  readonly root: Value;
  readonly apiVersion: string;
  readonly kind: string;
  /** The API group: empty for the core group. */
  readonly group: string;
  /** `metadata.name`, or `metadata.generateName`; empty when there is neither. */
  readonly name: string;
  /** `metadata.namespace` as written. */
  readonly namespace: string | undefined;
  readonly metadata: Value | undefined;
  readonly spec: Value | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
}

/** How deep `List`s may nest in each other; the API has no use for more than one. */
const MAX_LIST_DEPTH = 4;

/**
 * The Kubernetes objects of a document: none when it is something else, several when it is a `List`, without those that controllers have made from others in it.
 * Control-plane files of a node count as one.
 */
export function resourcesOf(document: ParsedDocument): Resource[] {
  const resources = document.root === undefined ? [] : resourcesIn(document, document.root, 0);
  return resources.length > 1 ? withoutOwned(resources) : resources;
}

function resourcesIn(document: ParsedDocument, root: Value, depth: number): Resource[] {
  const apiVersion = root.get('apiVersion')?.string;
  const kind = root.get('kind')?.string;
  if (apiVersion === undefined || kind === undefined)
    return depth === 0 ? configurationsOfHost(document, root) : [];
  const items = root.get('items');
  if (kind.endsWith('List') && items?.kind === 'list' && depth < MAX_LIST_DEPTH) {
    return items.items.flatMap((item) => resourcesIn(document, item, depth + 1));
  }
  return [resourceOf(document, root, apiVersion, kind)];
}

/** The configuration file of a node's control plane, and the audit policy and admission configurations that one of Talos holds. */
function configurationsOfHost(document: ParsedDocument, root: Value): Resource[] {
  const host = hostConfigurationOf(root);
  if (host === undefined) return [];
  const server = root.at(['cluster', 'apiServer']);
  const plugins = server?.get('admissionControl')?.items ?? [];
  const held = [server?.get('auditPolicy'), ...plugins.map((plugin) => plugin.get('configuration'))];
  return [
    resourceOf(document, root, host.apiVersion, host.kind),
    ...held.flatMap((value) => (value === undefined ? [] : resourcesIn(document, value, MAX_LIST_DEPTH))),
  ];
}

function resourceOf(document: ParsedDocument, root: Value, apiVersion: string, kind: string): Resource {
  const metadata = root.get('metadata');
  return {
    document,
    root,
    apiVersion,
    kind,
    group: groupOf(apiVersion),
    name: metadata?.get('name')?.text ?? metadata?.get('generateName')?.text ?? '',
    namespace: metadata?.get('namespace')?.text,
    metadata,
    spec: root.get('spec'),
    labels: textsOf(metadata?.get('labels')),
    annotations: textsOf(metadata?.get('annotations')),
  };
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The entries of a map whose values are scalars, such as labels. */
export function textsOf(value: Value | undefined): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const entry of value?.entries ?? []) {
    const text = entry.value.text;
    if (text !== undefined) texts.set(entry.key, text);
  }
  return texts;
}

const NAMES_AN_OBJECT = /(?:^|[\n{,])[ \t-]*["']?kind["']?[ \t]*:/;
const NAMES_A_VERSION = /(?:^|[\n{,])[ \t-]*["']?apiVersion["']?[ \t]*:/;

/** A cheap test on the text alone, so that files which are no manifests cost no parsing. */
export function looksLikeManifest(text: string): boolean {
  return (NAMES_AN_OBJECT.test(text) && NAMES_A_VERSION.test(text)) || looksLikeHostConfiguration(text);
}
