import { Environment } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { type AdmissionCheck, WORKLOADS } from '../../server/src/export/checks/check.ts';
import { matchConditions, variablesOf } from '../../server/src/export/policies.ts';
import { groupOf } from '../../server/src/kubernetes/resource.ts';
import { rules } from '../../server/src/rules/index.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { checkText } from '../support/check-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';
import type { Json } from './mutants.ts';

/** Whether a case stands in one text alone, as in a cluster. */
export const isPlain = ({ chart, settings, fileName }: RuleCases['valid'][number]) =>
  chart === undefined && settings === undefined && fileName === undefined;

const schemas = await loadKubernetesSchemas();

const schemaRule = rules.filter(({ id }) => id === 'kubernetes-schema');

/** The API server refuses what is of the wrong type before it asks any policy. */
function isDecodable(text: string): boolean {
  return !checkText(text, { rules: schemaRule, schemas, isolated: true }).some(
    ({ finding }) => finding.messageId === 'wrongType',
  );
}

const compiled = new Map<string, RE2JS>();
/** What a pattern finds in a text, as RE2 reads it, in which CEL is defined. */
function matchesOf(text: string, pattern: string): string[] {
  const known = compiled.get(pattern) ?? RE2JS.compile(pattern);
  compiled.set(pattern, known);
  const matcher = known.matcher(text);
  const found: string[] = [];
  while (matcher.find()) found.push(matcher.group() ?? '');
  return found;
}

/** A name before a dot, as the evaluator has no functions with one. */
class Base64 {}

/**
 * What is in the cluster, as Kyverno shows it to its policies: for an object, or a kind, that is not there, Get answers null and List fails.
 * @see https://kyverno.io/docs/policy-types/cel-libraries/#resource-library
 */
class Cluster {
  readonly #objects: readonly ApiObject[];

  constructor(objects: readonly ApiObject[]) {
    this.#objects = objects;
  }

  list(apiVersion: string, plural: string, namespace: string): unknown {
    const items = this.#objects.filter(
      ({ apiVersion: version, kind, metadata }) =>
        groupOf(version) === groupOf(apiVersion) &&
        pluralOf(kind) === plural &&
        (namespace === '' || metadata?.namespace === namespace),
    );
    return { items: items.map(asCel) };
  }

  get(apiVersion: string, plural: string, namespace: string, name: string): unknown {
    // A kind is there where something is of it.
    if (plural === 'customresourcedefinitions' && this.#knows(name)) return { metadata: { name } };
    const { items } = this.list(apiVersion, plural, namespace) as { items: ApiObject[] };
    return items.find(({ metadata }) => metadata?.name === name) ?? null;
  }

  #knows(name: string): boolean {
    return this.#objects.some(({ apiVersion, kind }) => `${pluralOf(kind)}.${groupOf(apiVersion)}` === name);
  }
}

/**
 * With what Kubernetes adds for lists, texts and regular expressions, and Kyverno for other objects and texts in base64.
 * @see https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries
 */
export const environment = new Environment({ unlistedVariablesAreDyn: true })
  .registerFunction('list<int>.sum(): int', (items: bigint[]) => items.reduce((sum, item) => sum + item, 0n))
  .registerFunction(
    'string.find(string): string',
    (text: string, pattern: string) => matchesOf(text, pattern)[0] ?? '',
  )
  .registerFunction('string.findAll(string): list<string>', matchesOf)
  .registerFunction('string.replace(string, string): string', (text: string, old: string, by: string) =>
    text.replaceAll(old, () => by),
  )
  .registerType('Base64', Base64)
  .registerVariable('base64', 'Base64')
  .registerFunction('Base64.decode(string): bytes', (_, text: string) =>
    Uint8Array.from(Buffer.from(text, 'base64')),
  )
  .registerType('Cluster', Cluster)
  .registerVariable('resource', 'Cluster')
  .registerFunction(
    'Cluster.List(string, string, string): dyn',
    (cluster: Cluster, ...of: [string, string, string]) => cluster.list(...of),
  )
  .registerFunction(
    'Cluster.Get(string, string, string, string): dyn',
    (cluster: Cluster, ...of: [string, string, string, string]) => cluster.get(...of),
  );

/** As the API server sees numbers: whole ones are int. */
export function asCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(asCel);
  if (typeof value !== 'object' || value === null) return value;
  // Fields that are null are dropped before admission.
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, asCel(item)]])),
  );
}

export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** The Namespaces of the file that an object is from, which the API server hands on to policies. */
const NAMESPACES = new WeakMap<object, ApiObject | undefined>();

/** The control plane of a cluster as another one is told of it: what a node reads from a file stands in an object of the Cluster API, or in a pod of some namespace. */
function asHosted(object: ApiObject): ApiObject {
  const { apiVersion, kind, metadata, ...fields } = object as ApiObject & Json;
  const group = groupOf(apiVersion ?? '');
  if (group === 'kubeadm.k8s.io') {
    const key = `${kind[0]?.toLowerCase()}${kind.slice(1)}`;
    return {
      apiVersion: 'controlplane.cluster.x-k8s.io/v1beta1',
      kind: 'KubeadmControlPlane',
      metadata: { name: 'clinic' },
      spec: { kubeadmConfigSpec: { [key]: { apiVersion, ...fields } } },
    } as ApiObject;
  }
  const isProgram = kind === 'Pod' && /"command":\["(?:kube-apiserver|etcd)"/.test(JSON.stringify(fields));
  return isProgram ? ({ ...object, metadata: { ...metadata, namespace: 'hosted' } } as ApiObject) : object;
}

/** The objects of a file as they come to the API server. */
export function objectsIn(text: string): ApiObject[] {
  const objects = splitDocuments(text)
    .filter(({ document }) => isDecodable(document.text))
    .map(({ document }) => parseDocument(document.text).root?.toJS() as ApiObject | undefined)
    .flatMap((object) => (object as { items?: ApiObject[] })?.items ?? (object === undefined ? [] : [object]))
    .map(asHosted)
    // Where a manifest names no namespace, it is "default" by then.
    .map((object) => ({ ...object, metadata: { namespace: 'default', ...object.metadata } }))
    // The bindings leave out the control plane's namespace.
    .filter(({ metadata }) => metadata?.namespace !== 'kube-system');
  for (const object of objects) {
    const home = objects.find(
      ({ kind, metadata }) => kind === 'Namespace' && metadata.name === object.metadata.namespace,
    );
    NAMESPACES.set(object, home);
  }
  return objects;
}

/** The Namespace that the API server hands on with an object, where it is known. */
export function namespaceOf(object: ApiObject): ApiObject | undefined {
  return NAMESPACES.get(object);
}

/** Whether the API server asks the policy of a check about an object. */
export function isAskedAbout(object: ApiObject, { on }: AdmissionCheck): boolean {
  const { apiVersion = '', kind = '' } = object;
  // A workload without a pod is refused before.
  if (on === 'workloads' && !/"(?:c|initC)ontainers"/.test(JSON.stringify(object))) return false;
  return (on === 'workloads' ? WORKLOADS : on).some(
    ({ apiGroups, apiVersions, resources }) =>
      apiGroups.includes(groupOf(apiVersion)) &&
      (apiVersions.includes('*') || apiVersions.includes(apiVersion.split('/').at(-1) ?? '')) &&
      (resources.includes('*') || resources.includes(pluralOf(kind))),
  );
}

export function askedIn(text: string, check: AdmissionCheck): ApiObject[] {
  return objectsIn(text).filter((object) => isAskedAbout(object, check));
}

/** The name of a kind in the API's paths. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  // Kinds of Consul that are a plural already.
  if (/(?:defaults|intentions)$/.test(name)) return name;
  if (/(?:ss|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/**
 * Whether an object of somebody gets past a check of a rule: it is not asked about, or as it has to be.
 * @param others what is in the cluster
 */
export function admits(check: AdmissionCheck, object: ApiObject, others: readonly ApiObject[] = []): boolean {
  const { expression, also = [], rule } = check;
  const request = { userInfo: { username: 'ana' } };
  const namespaceObject = asCel(namespaceOf(object) ?? null);
  const context = {
    object: asCel(object),
    namespaceObject,
    request,
    base64: new Base64(),
    resource: new Cluster(others),
    variables: {} as Record<string, unknown>,
  };
  const known = rules.find(({ id }) => id === rule);
  const conditions = known === undefined ? [] : matchConditions(check, known, []);
  if (!conditions.every((condition) => environment.evaluate(condition.expression, context) === true))
    return true;
  for (const { name, expression: value } of variablesOf(check))
    context.variables[name] = environment.evaluate(value, context);
  return [expression, ...also].every((condition) => environment.evaluate(condition, context) === true);
}
