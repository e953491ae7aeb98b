import type { Trace } from '../trace/origin.ts';
import {
  Bool,
  Dict,
  type GoValue,
  List,
  Native,
  type NativeMethod,
  type NativeType,
  Str,
} from '../value/value.ts';

/** What the engine's Helm is: version 4.1.4, whose client knows Kubernetes 1.35. */
const HELM_VERSION = {
  Version: 'v4.1.4',
  GitCommit: '05fa37973dc9e42b76e1d2883494c87174b6074f',
  GitTreeState: 'clean',
  GoVersion: 'go1.25.9',
  KubeClientVersion: 'v1.35',
};

const HELM_JSON_NAMES: Record<keyof typeof HELM_VERSION, string> = {
  Version: 'version',
  GitCommit: 'git_commit',
  GitTreeState: 'git_tree_state',
  GoVersion: 'go_version',
  KubeClientVersion: 'kube_client_version',
};

export const DEFAULT_KUBE_VERSION = 'v1.35.0';

/** Group versions that Helm's client knows without a cluster, in its order. */
const API_VERSIONS: readonly string[] = [
  'v1',
  ...group('admissionregistration.k8s.io', 'v1', 'v1alpha1', 'v1beta1'),
  ...group('internal.apiserver.k8s.io', 'v1alpha1'),
  ...group('apps', 'v1', 'v1beta1', 'v1beta2'),
  ...group('authentication.k8s.io', 'v1', 'v1alpha1', 'v1beta1'),
  ...group('authorization.k8s.io', 'v1', 'v1beta1'),
  ...group('autoscaling', 'v1', 'v2', 'v2beta1', 'v2beta2'),
  ...group('batch', 'v1', 'v1beta1'),
  ...group('certificates.k8s.io', 'v1', 'v1beta1', 'v1alpha1'),
  ...group('coordination.k8s.io', 'v1alpha2', 'v1beta1', 'v1'),
  ...group('discovery.k8s.io', 'v1', 'v1beta1'),
  ...group('events.k8s.io', 'v1', 'v1beta1'),
  ...group('extensions', 'v1beta1'),
  ...group('flowcontrol.apiserver.k8s.io', 'v1', 'v1beta1', 'v1beta2', 'v1beta3'),
  ...group('networking.k8s.io', 'v1', 'v1beta1'),
  ...group('node.k8s.io', 'v1', 'v1alpha1', 'v1beta1'),
  ...group('policy', 'v1', 'v1beta1'),
  ...group('rbac.authorization.k8s.io', 'v1', 'v1beta1', 'v1alpha1'),
  ...group('resource.k8s.io', 'v1', 'v1beta2', 'v1beta1', 'v1alpha3'),
  ...group('scheduling.k8s.io', 'v1alpha1', 'v1beta1', 'v1'),
  ...group('storage.k8s.io', 'v1beta1', 'v1', 'v1alpha1'),
  ...group('storagemigration.k8s.io', 'v1beta1'),
  ...group('apiextensions.k8s.io', 'v1beta1', 'v1'),
];

function group(name: string, ...versions: string[]): string[] {
  return versions.map((version) => `${name}/${version}`);
}

export interface KubeVersion {
  /** As given, with a `v` before it. */
  readonly version: string;
  /** Without what vendors append; constraints are checked against it. */
  readonly normalized: string;
  readonly major: string;
  readonly minor: string;
}

/** Reads a version such as `1.27.3-gke.100`; undefined when it is none. */
export function parseKubeVersion(text: string): KubeVersion | undefined {
  const match = /^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:\.(0|[1-9][0-9]*))?(?:[^0-9.].*)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0'] = match;
  const version = text.startsWith('v') ? text : `v${text}`;
  return { version, normalized: `v${major}.${minor}.${patch}`, major, minor };
}

function builtin(path: string): Trace {
  return [{ kind: 'builtin', file: path, path: [] }];
}

function text(value: string, path: string): Str {
  return new Str(value, builtin(path));
}

/** A Go struct: fields, printed in braces. */
class StructType implements NativeType {
  readonly typeName: string;
  readonly kindName: 'struct' | 'ptr';
  readonly #fields: ReadonlyMap<string, GoValue>;
  readonly #printed: readonly string[];
  readonly #json: Dict;
  readonly #methods: Readonly<Record<string, NativeMethod>>;

  constructor(
    typeName: string,
    fields: ReadonlyMap<string, GoValue>,
    json: Dict,
    printed: readonly string[],
    methods: Readonly<Record<string, NativeMethod>> = {},
  ) {
    this.typeName = typeName;
    this.kindName = typeName.startsWith('*') ? 'ptr' : 'struct';
    this.#fields = fields;
    this.#json = json;
    json.isStruct = true;
    this.#printed = printed;
    this.#methods = methods;
  }

  format(): string {
    return `${this.kindName === 'ptr' ? '&' : ''}{${this.#printed.join(' ')}}`;
  }

  /** What a pointer points at; a struct that is reached through a pointer shows its String method. */
  display(): string {
    const text = this.method('String')?.call([]);
    return text?.kind === 'string' ? text.text : `{${this.#printed.join(' ')}}`;
  }

  field(name: string): GoValue | undefined {
    return this.#fields.get(name);
  }

  method(name: string): NativeMethod | undefined {
    return Object.hasOwn(this.#methods, name) ? this.#methods[name] : undefined;
  }

  toJson(): GoValue {
    return this.#json;
  }
}

class VersionSetType implements NativeType {
  readonly typeName = 'common.VersionSet';
  readonly kindName = 'slice';
  readonly #versions: readonly string[];
  readonly #trace = builtin('.Capabilities.APIVersions');

  constructor(versions: readonly string[]) {
    this.#versions = versions;
  }

  format(): string {
    return `[${this.#versions.join(' ')}]`;
  }

  contents(): List {
    return new List(
      this.#versions.map((version) => new Str(version, this.#trace)),
      '[]string',
      this.#trace,
    );
  }

  method(name: string): NativeMethod | undefined {
    if (name !== 'Has') return undefined;
    return {
      params: ['string'],
      call: ([version]) =>
        new Bool(version?.kind === 'string' && this.#versions.includes(version.text), this.#trace),
    };
  }
}

/** `.Capabilities` of a cluster of some version with some more APIs. */
export function capabilities(kube: KubeVersion, moreVersions: readonly string[]): Native {
  const versions = [...API_VERSIONS, ...moreVersions];
  const versionSet = new Native(new VersionSetType(versions), builtin('.Capabilities.APIVersions'));
  const kubeVersion = kubeVersionValue(kube);
  const helmVersion = helmVersionValue();
  const fields = new Map<string, GoValue>([
    ['KubeVersion', kubeVersion],
    ['APIVersions', versionSet],
    ['HelmVersion', helmVersion],
  ]);
  const trace = builtin('.Capabilities');
  const json = new Dict(fields, 'map[string]interface {}', trace);
  // A struct inside of another prints without its methods.
  const printed = [
    `{${[kube.version, kube.normalized, kube.major, kube.minor].join(' ')}}`,
    `[${versions.join(' ')}]`,
    helmVersion.native.format(),
  ];
  return new Native(new StructType('*common.Capabilities', fields, json, printed), trace);
}

function kubeVersionValue(kube: KubeVersion): Native {
  const at = '.Capabilities.KubeVersion';
  const fields = new Map<string, GoValue>([
    ['Version', text(kube.version, `${at}.Version`)],
    ['Major', text(kube.major, `${at}.Major`)],
    ['Minor', text(kube.minor, `${at}.Minor`)],
  ]);
  const json = new Dict(fields, 'map[string]interface {}', builtin(at));
  const printed = [kube.version, kube.normalized, kube.major, kube.minor];
  const methods: Record<string, NativeMethod> = {
    String: { params: [], call: () => text(kube.normalized, at) },
    GitVersion: { params: [], call: () => text(kube.version, `${at}.GitVersion`) },
  };
  return new Native(new StructType('common.KubeVersion', fields, json, printed, methods), builtin(at));
}

function helmVersionValue(): Native {
  const at = '.Capabilities.HelmVersion';
  const entries = Object.entries(HELM_VERSION) as [keyof typeof HELM_VERSION, string][];
  const fields = new Map<string, GoValue>(
    entries.map(([name, value]) => [name, text(value, `${at}.${name}`)]),
  );
  const json = new Map<string, GoValue>(
    entries.map(([name, value]) => [HELM_JSON_NAMES[name], text(value, `${at}.${name}`)]),
  );
  const dict = new Dict(json, 'map[string]interface {}', builtin(at));
  return new Native(
    new StructType('version.BuildInfo', fields, dict, Object.values(HELM_VERSION)),
    builtin(at),
  );
}

export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly isUpgrade: boolean;
  readonly revision: number;
}
