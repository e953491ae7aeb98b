import { commandLineOf } from '../../kubernetes/command-line.ts';
import type { Pod } from '../../kubernetes/pods.ts';
import { type Resource, textsOf } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import type { Origin } from '../origin.ts';
import { hostsIn, serviceNameIn } from './hosts.ts';

/** Hosts that something names, and the Services that these may be. */
export interface Calls {
  /** Lower case, with ports where they are written: `postgres.data:5432`. */
  readonly calls: readonly string[];
  /** The names of the Services that these may be. */
  readonly calledNames: readonly string[];
}

/** The hosts in a ConfigMap, which the pods that take it in call. */
export interface ConfiguredCallsFact extends Origin, Calls {
  readonly type: 'configured-calls';
}

/** More hosts of one object are not remembered. */
const MAX_CALLS = 64;

/** The hosts that a pod's environment and command lines name. */
export function callsOfPod(pod: Pod): Calls {
  return callsIn(
    pod.containers.flatMap((container) => {
      const variables = container.value.get('env')?.items ?? [];
      return [
        ...variables.flatMap((item) => hostsIn(item.get('value')?.text ?? '', item.get('name')?.text ?? '')),
        ...hostsInWords(commandLineOf(container).map(({ text }) => text ?? '')),
      ];
    }),
  );
}

export function configuredCallsOf(resource: Resource, origin: Origin): ConfiguredCallsFact | undefined {
  if (resource.kind !== 'ConfigMap' || resource.group !== '') return undefined;
  const data = textsOf(resource.root.get('data'));
  const found = callsIn([...data].flatMap(([key, text]) => hostsIn(text, key)));
  return found.calls.length === 0 ? undefined : { type: 'configured-calls', ...origin, ...found };
}

/** The ConfigMaps that a pod takes in, as environment or as files. */
export function configMapsOf({ spec, containers }: Pod): string[] {
  const inEnvironment = containers.flatMap(({ value }) => [
    ...(value.get('envFrom')?.items ?? []).map((item) => item.at(['configMapRef', 'name'])),
    ...(value.get('env')?.items ?? []).map((item) => item.at(['valueFrom', 'configMapKeyRef', 'name'])),
  ]);
  const volumes = spec.get('volumes')?.items ?? [];
  const inFiles = volumes.flatMap((volume) => [
    volume.at(['configMap', 'name']),
    ...(volume.at(['projected', 'sources'])?.items ?? []).map((source) => source.at(['configMap', 'name'])),
  ]);
  const names = [...inEnvironment, ...inFiles].flatMap((name: Value | undefined) => name?.text ?? []);
  return [...new Set(names)];
}

function callsIn(hosts: readonly string[]): Calls {
  const calls = [...new Set(hosts)].slice(0, MAX_CALLS);
  return { calls, calledNames: [...new Set(calls.map(serviceNameIn))] };
}

/** Longer texts are programs, not command lines. */
const MAX_SCRIPT = 2000;

const NAMES_ITS_HOST = /^-h$|^--?host$/i;

/** Hosts in the words of a command line, and in those of commands that a shell is given as one. */
function hostsInWords(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const before = words[index - 1] ?? '';
    const name = NAMES_ITS_HOST.test(before) ? 'host' : before.startsWith('-') ? before : '';
    if (!/\s/.test(word.trim()) || word.length > MAX_SCRIPT) return hostsInWord(word, name);
    return hostsInWords(word.split(/[\s"'`;|&()]+/).filter((part) => part !== ''));
  });
}

/** Hosts in a word; a flag's name tells what its value is. */
function hostsInWord(word: string, name: string): string[] {
  const flag = /^--?([A-Za-z][\w.-]*)=([\s\S]*)$/.exec(word);
  return flag === null ? hostsIn(word, name) : hostsIn(flag[2] ?? '', flag[1] ?? '');
}
