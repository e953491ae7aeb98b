import { commandLineOf } from '../../kubernetes/command-line.ts';
import { type Container, type Pod, podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { ScalarValue, type Value } from '../../syntax/values.ts';

/** A text of a resource that configures a program. */
export interface ConfigurationText {
  readonly place: 'env' | 'argument' | 'config' | 'field';
  /** The variable, the key of the ConfigMap, the field; empty for arguments. */
  readonly name: string;
  readonly scalar: ScalarValue;
  /** What to call the place at the beginning of a message. */
  readonly words: string;
  /** The other settings beside it, by name: variables of the container, or keys of the ConfigMap. */
  readonly siblings: ReadonlyMap<string, string>;
  /** Names and variables that stand for the pod itself or its node. */
  readonly localNames: ReadonlySet<string>;
}

/** Everything in a resource that configures programs: environment and arguments of containers, ConfigMaps, kubeconfigs. */
export function configurationTextsOf(resource: Resource): ConfigurationText[] {
  if (resource.kind === 'ConfigMap' && resource.group === '') return textsOfConfigMap(resource);
  if (resource.kind === 'Config' && /^v\d/.test(resource.apiVersion)) return serversOfKubeconfig(resource);
  const pod = podOf(resource);
  return pod === undefined ? [] : pod.containers.flatMap((container) => textsOfContainer(pod, container));
}

function textsOfContainer(pod: Pod, container: Container): ConfigurationText[] {
  const env = container.value.get('env')?.items ?? [];
  const siblings = new Map(
    env.flatMap((item) => {
      const value = item.get('value')?.text;
      return value === undefined ? [] : [[item.get('name')?.text ?? '', value] as const];
    }),
  );
  const shared = { words: `Container "${container.name}"`, siblings, localNames: localNamesOf(pod, env) };
  const variables = env.flatMap((item) => {
    const scalar = textScalar(item.get('value'));
    return scalar === undefined
      ? []
      : [{ place: 'env' as const, name: item.get('name')?.text ?? '', scalar, ...shared }];
  });
  const words = commandLineOf(container).flatMap((word) => {
    const scalar = textScalar(word);
    return scalar === undefined ? [] : [{ place: 'argument' as const, name: '', scalar, ...shared }];
  });
  return [...variables, ...words];
}

/** Fields that Kubernetes fills with an address of the pod or of the machine under it. */
const OWN_ADDRESS = /^(?:status\.(?:podIPs?|hostIPs?)|metadata\.name|spec\.nodeName)$/;

function localNamesOf(pod: Pod, env: readonly Value[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const item of env) {
    const field = item.at(['valueFrom', 'fieldRef', 'fieldPath'])?.text ?? '';
    if (OWN_ADDRESS.test(field)) names.add(item.get('name')?.text ?? '');
  }
  for (const alias of pod.spec.get('hostAliases')?.items ?? []) {
    if (!/^(?:127\.|::1$)/.test(alias.get('ip')?.text ?? '')) continue;
    for (const name of alias.get('hostnames')?.items ?? []) names.add(name.text?.toLowerCase() ?? '');
  }
  return names;
}

/** Files of a ConfigMap that are read by people, browsers and interpreters, not as configuration. */
export const NO_CONFIGURATION =
  /\.(?:md|markdown|txt|rst|html?|css|scss|svg|xsd|xsl|wsdl|sql|lua|py|rb|go|java|class|jsx?|tsx?|mjs|csv|tsv|pem|crt|key|pdf|proto|graphql|ipynb|cql|rego|star|jsonnet|libsonnet)$|^(?:license|notice|readme|changelog)\b|^known_hosts$/i;
export const CONFIGURATION_SCRIPT = /(?:^|[._-])(?:config|env|settings|environment)(?:[._-]\w+)?\.[jt]s$/i;
/** Dashboards, rules of alerts whose links are for people, descriptions of APIs, and FHIR resources, whose addresses are names. */
export const FOR_PEOPLE =
  /"panels"\s*:|^\s*-?\s*alert:|^["{\s]*(?:openapi|swagger)"?\s*:|"resourceType"\s*:\s*"[A-Z]/m;

function textsOfConfigMap(resource: Resource): ConfigurationText[] {
  const entries = resource.root.get('data')?.entries ?? [];
  const siblings = new Map(
    entries.flatMap(({ key, value }) => {
      const text = value.text;
      return text === undefined || text.includes('\n') ? [] : [[key, text] as const];
    }),
  );
  return entries.flatMap(({ key, value }) => {
    const scalar = textScalar(value);
    if (scalar === undefined || (NO_CONFIGURATION.test(key) && !CONFIGURATION_SCRIPT.test(key))) return [];
    if (FOR_PEOPLE.test(scalar.decoded)) return [];
    const words = `ConfigMap "${resource.name}"`;
    return [{ place: 'config' as const, name: key, scalar, words, siblings, localNames: new Set<string>() }];
  });
}

function serversOfKubeconfig({ root }: Resource): ConfigurationText[] {
  return (root.get('clusters')?.items ?? []).flatMap((cluster) => {
    const scalar = textScalar(cluster.at(['cluster', 'server']));
    if (scalar === undefined) return [];
    const words = 'The kubeconfig';
    return [
      {
        place: 'field' as const,
        name: 'server',
        scalar,
        words,
        siblings: new Map(),
        localNames: new Set<string>(),
      },
    ];
  });
}

function textScalar(value: Value | undefined): ScalarValue | undefined {
  return value instanceof ScalarValue && !value.isNull && value.decoded !== '' ? value : undefined;
}
