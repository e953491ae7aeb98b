import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import {
  type Application,
  type HelmSettings,
  normalizedPath,
  type SetParameter,
  type TypedValues,
} from './application.ts';
import { isGiven } from './given.ts';
import { NO_PARAMETERS } from './parameters.ts';

/**
 * What an object of Flux deploys from a folder: a HelmRelease with a chart of a GitRepository, or a Kustomization.
 *
 * Sources: https://fluxcd.io/flux/components/helm/helmreleases/, https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function fluxApplicationOf(resource: Resource): Application | undefined {
  const isSuspended = resource.spec?.get('suspend')?.boolean === true;
  if (isSuspended) return undefined;
  if (resource.group === 'helm.toolkit.fluxcd.io' && resource.kind === 'HelmRelease')
    return releaseOf(resource);
  if (resource.group === 'kustomize.toolkit.fluxcd.io' && resource.kind === 'Kustomization')
    return kustomizationOf(resource);
  return undefined;
}

/** Sources that hold the files of a repository; those of a HelmRepository are elsewhere. */
const OF_FILES: ReadonlySet<string> = new Set(['GitRepository', 'Bucket', 'ExternalArtifact']);

function releaseOf(resource: Resource): Application | undefined {
  const { kind, name, namespace, spec } = resource;
  const chart = spec?.at(['chart', 'spec']);
  const written = chart?.get('chart')?.string;
  const path = written === undefined ? undefined : normalizedPath(written);
  if (path === undefined || !OF_FILES.has(chart?.at(['sourceRef', 'kind'])?.text ?? '')) return undefined;
  return {
    ...{ tool: 'Flux', kind, name, namespace, path, deploys: 'chart', recurses: false, selection: undefined },
    cluster: clusterOf(spec),
    // A release goes to the namespace of its HelmRelease unless that says otherwise.
    targetNamespace: spec?.get('targetNamespace')?.text ?? namespace,
    overridesNamespace: false,
    kustomize: undefined,
    helm: settingsOf(resource, chart),
  };
}

/** Source: https://fluxcd.io/flux/components/kustomize/kustomizations/#writing-a-kustomization-spec */
const KUSTOMIZE_FIELDS = [
  ...[['targetNamespace'], ['namePrefix'], ['nameSuffix'], ['images'], ['patches'], ['components']],
  ...[['commonMetadata'], ['postBuild', 'substitute'], ['postBuild', 'substituteFrom']],
];

function kustomizationOf({ kind, name, namespace, spec }: Resource): Application | undefined {
  const path = normalizedPath(spec?.get('path')?.text ?? '');
  const source = spec?.at(['sourceRef', 'kind'])?.text ?? '';
  // Artifacts of an OCIRepository are mostly made from a folder of the same repository, with its paths.
  if (path === undefined || !(OF_FILES.has(source) || source === 'OCIRepository')) return undefined;
  const targetNamespace = spec?.get('targetNamespace')?.text;
  return {
    ...{
      tool: 'Flux',
      kind,
      name,
      namespace,
      path,
      deploys: 'manifests',
      recurses: true,
      selection: undefined,
    },
    cluster: clusterOf(spec),
    targetNamespace,
    overridesNamespace: targetNamespace !== undefined,
    kustomize: KUSTOMIZE_FIELDS.some((path) => isGiven(spec?.at(path)))
      ? { kind, name, path: ['spec'], parameters: NO_PARAMETERS }
      : undefined,
    helm: undefined,
  };
}

/** Another cluster is known by the Secret with its address. */
function clusterOf(spec: Value | undefined): string | undefined {
  return (
    spec?.at(['kubeConfig', 'secretRef', 'name'])?.text ??
    spec?.at(['kubeConfig', 'configMapRef', 'name'])?.text
  );
}

/**
 * References come first, in their order, then inline values, then what has a target path. Files take the place of values.yaml, and start at
 * the root of the source.
 *
 * Source: https://fluxcd.io/flux/components/helm/helmreleases/#values and HelmChartTemplateSpec.valuesFiles in its API
 */
function settingsOf(resource: Resource, chart: Value | undefined): HelmSettings {
  const { kind, name, spec } = resource;
  const own = spec?.get('values');
  const references = spec?.get('valuesFrom')?.items ?? [];
  const named = [
    ...(chart?.get('valuesFiles')?.items ?? []),
    // Of v2beta1 alone.
    ...[chart?.get('valuesFile')].filter((file) => file !== undefined),
  ].flatMap((file) => file.text ?? []);
  const isRead = (reference: Value) => reference.get('kind')?.text === 'ConfigMap';
  return {
    valueFiles: named.map((path) => ({ from: 'root', path })),
    ignoresMissingFiles: chart?.get('ignoreMissingValuesFiles')?.boolean === true,
    replacesDefaults: named.length > 0,
    inline: [
      ...references
        .filter((reference) => isRead(reference) && !reference.has(['targetPath']))
        .flatMap(inConfigMap),
      ...(own === undefined ? [] : [{ kind, name, path: ['spec', 'values'], parameters: NO_PARAMETERS }]),
    ],
    parameters: references.filter((reference) => isRead(reference)).flatMap(targeted),
    isWhole: references.every(isRead),
  };
}

function inConfigMap(reference: Value): TypedValues[] {
  const name = reference.get('name')?.text;
  const key = reference.get('valuesKey')?.text ?? 'values.yaml';
  return name === undefined
    ? []
    : [{ kind: 'ConfigMap', name, path: ['data', key], parameters: NO_PARAMETERS }];
}

/** A value of a ConfigMap that goes to one place. Its text stands in the ConfigMap. */
function targeted(reference: Value): SetParameter[] {
  const target = reference.get('targetPath')?.text;
  const flag = reference.get('literal')?.boolean === true ? 'set-literal' : 'set';
  return target === undefined
    ? []
    : inConfigMap(reference).map((typed) => ({ flag, name: target, text: '', typed }));
}
