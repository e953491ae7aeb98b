import { encodeYaml } from '../helm/encoding/yaml/encode.ts';
import { DocumentTrace, type Trace } from '../helm/index.ts';
import { Str } from '../helm/trace/text.ts';
import type { Path } from '../syntax/paths.ts';
import type { ConfigObject } from './kustomization.ts';
import { setEntries } from './names.ts';
import { goValueOf, type MapNode, type Node, stringNode } from './node.ts';
import { relativePath } from './paths.ts';
import { type BuildResource, metadataTexts, settleAnnotations } from './resource.ts';
import { sortResources } from './sort.ts';

/** A resource as it is deployed. Its text is written when it is first asked for. */
export class BuiltResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** As they were before kustomizations changed them. */
  readonly typed: { readonly name: string; readonly namespace: string | undefined };
  /** The file that it stands in, or the kustomization that generates it. */
  readonly file: string;
  /** Its maps, lists and scalars, which know their origins. */
  readonly root: MapNode;
  #written: Str | undefined;

  constructor({ apiVersion, kind, name, namespace, file, originalId }: BuildResource, root: MapNode) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.name = name;
    this.namespace = namespace === '' ? undefined : namespace;
    this.typed = { name: originalId.name, namespace: originalId.namespace || undefined };
    this.file = file;
    this.root = root;
  }

  get #str(): Str {
    // What cannot be written, such as a key of a thousand letters, is no manifest either.
    this.#written ??= encodeYaml(goValueOf(this.root)) ?? new Str('', this.root.trace);
    return this.#written;
  }

  /** YAML, as Kustomize writes it. */
  get text(): string {
    return this.#str.text;
  }

  /** Where each part of the text comes from, what decides it first: the field of a kustomization, the patch, the base. */
  get trace(): DocumentTrace {
    return new DocumentTrace(this.#str);
  }
}

/** Where the deepest value on a path comes from, the deciding origin first, and what of the path is missing below it. */
export function originsOf(
  { root }: BuiltResource,
  path: Path,
): { readonly trace: Trace; readonly rest: Path } {
  let node: Node = root;
  for (const [depth, segment] of path.entries()) {
    const next: Node | undefined =
      node.kind === 'map'
        ? node.get(String(segment))
        : node.kind === 'list'
          ? node.items[Number(segment)]
          : undefined;
    if (next === undefined) return { trace: node.trace, rest: path.slice(depth) };
    node = next;
  }
  return { trace: node.trace, rest: [] };
}

/** The files that a resource is made from. */
export function filesOf({ root }: BuiltResource): Set<string> {
  const files = new Set<string>();
  addFiles(root, files);
  return files;
}

function addFiles(node: Node, files: Set<string>): void {
  for (const { file } of node.trace) files.add(file);
  const children = node.kind === 'map' ? node.entries.values() : node.kind === 'list' ? node.items : [];
  for (const child of children) addFiles(child, files);
}

const LOCAL = 'config.kubernetes.io/local-config';
const ORIGIN = 'config.kubernetes.io/origin';
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';

/** Annotations that Kustomize works with and takes out at the end. */
const OWN_ANNOTATIONS: ReadonlySet<string> = new Set([
  'internal.config.kubernetes.io/previousKinds',
  'internal.config.kubernetes.io/previousNames',
  'internal.config.kubernetes.io/prefixes',
  'internal.config.kubernetes.io/suffixes',
  'internal.config.kubernetes.io/previousNamespaces',
  'internal.config.kubernetes.io/allowNameChange',
  'internal.config.kubernetes.io/allowKindChange',
  'internal.config.kubernetes.io/refBy',
  'internal.config.kubernetes.io/generatorBehavior',
  'internal.config.kubernetes.io/needsHashSuffix',
  'internal.config.kubernetes.io/path',
  'internal.config.kubernetes.io/index',
  'internal.config.kubernetes.io/seqindent',
  'internal.config.kubernetes.io/id',
  'internal.config.kubernetes.io/annotations-migration-resource-id',
  'config.kubernetes.io/path',
  'config.kubernetes.io/index',
  'config.k8s.io/id',
  'kustomize.config.k8s.io/helm-generated',
]);

/** The version that `managedByLabel` writes. */
const VERSION = 'kustomize-v5.7.1';

/** Puts the resources of a build in order, and takes out of them what served the build alone. */
export function finish(
  resources: readonly BuildResource[],
  root: ConfigObject,
  folder: string,
): BuiltResource[] {
  const metadata = new Set(root.scalars('buildMetadata').map(({ text }) => text.text));
  const deployed = sortResources(
    resources.filter((resource) => !isLocal(resource)),
    root.node('sortOptions'),
  );
  const trace = root.node('buildMetadata')?.trace ?? [];
  if (metadata.has('managedByLabel')) {
    const label = ['app.kubernetes.io/managed-by', stringNode(VERSION, trace)] as const;
    setEntries(deployed, [label], [{ path: 'metadata/labels', create: true }]);
  }
  return deployed.flatMap((resource) => {
    if (resource.root === undefined) return [];
    settleAnnotations(
      resource.root,
      (key) => OWN_ANNOTATIONS.has(key) || key === ORIGIN || key === TRANSFORMATIONS,
    );
    if (metadata.has('originAnnotations')) {
      const origin = [
        'config.kubernetes.io/origin',
        stringNode(originText(resource, folder), trace),
      ] as const;
      setEntries([resource], [origin], [{ path: 'metadata/annotations', create: true }]);
    }
    return [new BuiltResource(resource, resource.root)];
  });
}

function isLocal({ root }: BuildResource): boolean {
  const local = metadataTexts(root, 'annotations').get(LOCAL);
  return local !== undefined && local !== 'false';
}

function originText({ file, generator }: BuildResource, folder: string): string {
  const path = relativePath(folder, file);
  if (generator === undefined) return `path: ${path}\n`;
  return `configuredIn: ${path}\nconfiguredBy:\n  apiVersion: builtin\n  kind: ${generator}\n`;
}
