import { wordsOf } from '../detect/keys/words.ts';
import { imagesOf, isInvalidImage, parseImageReference } from '../kubernetes/images.ts';
import { isWorkload, podOf } from '../kubernetes/pods.ts';
import { isPublicRegistry } from '../kubernetes/registries.ts';
import { type Resource, resourcesOf } from '../kubernetes/resource.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { Value } from '../syntax/values.ts';
import type { Mesh } from './mesh/enrolment.ts';
import { meshFactsOf } from './mesh/facts.ts';
import { isSystemNamespace } from './mesh/meshes.ts';
import { PHI_LABEL } from './phi-label.ts';
import { vendorUsagesOf } from './vendors/usages.ts';

/** A namespace that seems to hold PHI, and what says so, as the end of a sentence. */
export interface PhiNamespace {
  readonly name: string;
  readonly evidence: string;
}

/** What the manifests of a workspace have in common, as far as it helps to configure or to begin something. All lists are sorted. */
export interface Survey {
  readonly namespaces: readonly string[];
  readonly phiNamespaces: readonly PhiNamespace[];
  /** Private registries that images come from, the most used first. */
  readonly registries: readonly string[];
  /** Names of outside companies that manifests mention. */
  readonly vendors: readonly string[];
  /** `NAMESPACE/NAME`. */
  readonly workloads: readonly string[];
  readonly meshes: readonly Mesh[];
}

/**
 * Words of names that speak of patients and their care. Words that other trades use as well, such as "records" or "visits", are left out.
 */
const HEALTH_WORDS: ReadonlySet<string> = new Set([
  ...['phi', 'ephi', 'hipaa', 'ehr', 'emr', 'fhir', 'dicom', 'pacs', 'hie', 'mirth', 'openmrs', 'openemr'],
  ...[
    'patient',
    'patients',
    'clinic',
    'clinics',
    'clinical',
    'hospital',
    'health',
    'healthcare',
    'telehealth',
  ],
  ...['medical', 'medication', 'medications', 'pharmacy', 'prescription', 'prescriptions', 'radiology'],
  ...['imaging', 'pathology', 'oncology', 'cardiology', 'nursing', 'encounter', 'encounters', 'immunization'],
]);

function healthWordOf(name: string): string | undefined {
  const words = wordsOf(name);
  return (
    words.find((word) => HEALTH_WORDS.has(word)) ?? (words.join(' ').includes('hl 7') ? 'hl7' : undefined)
  );
}

/** Collects what texts say. Texts that are no manifests count as values of charts, which name images. */
export class Surveyor {
  readonly #namespaces = new Set<string>();
  readonly #phi = new Map<string, string>();
  /** Namespaces that are said to hold none. */
  readonly #none = new Set<string>();
  readonly #registries = new Map<string, number>();
  readonly #vendors = new Set<string>();
  readonly #workloads = new Set<string>();
  readonly #meshes = new Set<Mesh>();

  add(text: string): void {
    for (const { document } of splitDocuments(text)) {
      const parsed = parseDocument(document.text);
      const resources = resourcesOf(parsed);
      for (const resource of resources) this.#addResource(resource);
      if (resources.length === 0 && parsed.root !== undefined) this.#addValues(parsed.root, 0);
    }
  }

  result(): Survey {
    const phiNamespaces = [...this.#phi].map(([name, evidence]) => ({ name, evidence }));
    return {
      namespaces: [...this.#namespaces].sort(),
      phiNamespaces: phiNamespaces.sort((one, other) => (one.name < other.name ? -1 : 1)),
      registries: [...this.#registries]
        .sort(([one, uses], [other, otherUses]) => otherUses - uses || (one < other ? -1 : 1))
        .map(([registry]) => registry),
      vendors: [...this.#vendors].sort(),
      workloads: [...this.#workloads].sort(),
      meshes: [...this.#meshes].sort(),
    };
  }

  #addResource(resource: Resource): void {
    const { kind, group, name, labels } = resource;
    const isNamespace = kind === 'Namespace' && group === '';
    const namespace = isNamespace ? name : resource.namespace;
    if (namespace !== undefined && isPlainName(namespace)) this.#addNamespace(namespace, labels, isNamespace);
    for (const { vendor } of vendorUsagesOf(resource)) this.#vendors.add(vendor.name);
    for (const fact of meshFactsOf(resource, resource)) {
      if (fact.type === 'mesh-use') this.#meshes.add(fact.mesh);
      if (fact.type === 'mesh-enrolment')
        for (const { mesh, isIn } of fact.enrolments) if (isIn) this.#meshes.add(mesh);
    }
    const pod = podOf(resource);
    if (pod === undefined) return;
    for (const { text } of imagesOf(pod)) this.#addImage(text);
    if (!isWorkload(resource) || namespace === undefined || !isPlainName(name) || !isPlainName(namespace))
      return;
    this.#workloads.add(`${namespace}/${name}`);
    const word = healthWordOf(name);
    if (word !== undefined) this.#note(namespace, `${kind} ${name}`);
  }

  #addNamespace(name: string, labels: ReadonlyMap<string, string>, isObject: boolean): void {
    if (isSystemNamespace(name) || name === 'default') return;
    this.#namespaces.add(name);
    const label = isObject ? labels.get(PHI_LABEL) : undefined;
    // The label decides, whatever the name is.
    if (label !== undefined) this.#phi.delete(name);
    if (label === 'true') this.#phi.set(name, `label ${PHI_LABEL}`);
    else if (label === undefined && healthWordOf(name) !== undefined) this.#note(name, 'its name');
    else if (label === 'false') this.#none.add(name);
  }

  #note(namespace: string, evidence: string): void {
    if (isSystemNamespace(namespace) || namespace === 'default') return;
    if (!this.#none.has(namespace) && !this.#phi.has(namespace)) this.#phi.set(namespace, evidence);
  }

  #addImage(text: string): void {
    const image = parseImageReference(text);
    if (isInvalidImage(image) || isPublicRegistry(image.registry) || !isRegistryHost(image.registry)) return;
    this.#registries.set(image.registry, (this.#registries.get(image.registry) ?? 0) + 1);
  }

  /** `image: registry/name:tag`, and `repository` with or without `registry`, at any depth. */
  #addValues(value: Value, depth: number): void {
    if (depth > DEEPEST_VALUES) return;
    for (const { key, value: below } of value.entries) {
      const text = below.string?.trim();
      if (text === undefined || text === '') this.#addValues(below, depth + 1);
      else if (key === 'image' || key === 'repository') this.#addImage(text);
      else if (key === 'registry' && isRegistryHost(text)) this.#addImage(`${text}/image`);
    }
    for (const item of value.items) this.#addValues(item, depth + 1);
  }
}

/** Values of charts are seldom nested half as deep. */
const DEEPEST_VALUES = 12;

/** A name of Kubernetes, and no template or variable. */
function isPlainName(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]*$/.test(text);
}

/** A host that others can reach, and no template or variable. */
function isRegistryHost(text: string): boolean {
  return /^[a-z0-9.-]+(?::\d+)?$/.test(text) && text.includes('.') && !text.startsWith('localhost');
}
