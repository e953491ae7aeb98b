import {
  type Application,
  hasParameters,
  type NamedValuesFile,
  normalizedPath,
  type TypedValues,
} from '../../analysis/gitops/index.ts';
import { KUSTOMIZATION_NAMES, relativePath } from '../../kustomize/index.ts';
import { parseDocument } from '../../syntax/parse.ts';
import type { DeployedParameter } from './deployment.ts';
import { type Reading, windowIn } from './typed-window.ts';
import type { NamedWindow } from './typed-windows.ts';
import type { ValueSet } from './value-sets.ts';

/** An application that deploys a chart. Paths start at the root of the repository. */
export interface ChartDeployment {
  readonly application: Application;
  /** The manifest with the application. */
  readonly file: string;
  /** Files beside it, which may hold the ConfigMaps that it names. */
  readonly neighbours: readonly string[];
}

/** With what values applications deploy a chart. */
export interface ApplicationSets {
  readonly sets: readonly ValueSet[];
  readonly windows: readonly NamedWindow[];
}

/** The files that the values of applications stand in, as paths from the chart. */
export function filesOfDeployments(deployments: readonly ChartDeployment[]): string[] {
  const files = deployments.flatMap(({ application, file, neighbours }) => {
    const { path, helm } = application;
    if (helm === undefined) return [];
    const named = helm.valueFiles.flatMap((each) => pathOf(each, path) ?? []);
    const given = helm.parameters
      .filter(({ flag }) => flag === 'set-file')
      .map(({ text }) => `${path}/${text}`);
    const typed = [...helm.inline, ...helm.parameters.map(({ typed: values }) => values)];
    const others = typed.some(({ kind }) => kind === 'ConfigMap') ? neighbours : [];
    return [...named, ...given, file, ...others].map((each) => relativePath(path, each));
  });
  return [...new Set(files)];
}

/**
 * The sets of values that applications deploy a chart with. Those that name files which are not there are left out, since nobody can say what
 * they deploy; of several that come to the same, there is one.
 *
 * @param textOf the text of a file, by its path from the chart; undefined where there is none
 */
export function applicationSets(
  deployments: readonly ChartDeployment[],
  textOf: (file: string) => string | undefined,
): ApplicationSets {
  const windows: NamedWindow[] = [];
  const sets = new Map<string, { set: ValueSet; count: number }>();
  const names = namesOf(deployments);
  for (const [index, deployment] of deployments.entries()) {
    const found = new SetReader(deployment, names[index] ?? '', textOf).read();
    if (found === undefined) continue;
    const known = sets.get(found.content);
    if (known !== undefined) {
      known.count++;
      continue;
    }
    sets.set(found.content, { set: found.set, count: 1 });
    windows.push(...found.windows);
  }
  return {
    sets: [...sets.values()].map(({ set, count }) =>
      count === 1 ? set : { ...set, name: `${set.name} and ${count - 1} more` },
    ),
    windows,
  };
}

/** By the application, and by its file too where several are called the same. */
function namesOf(deployments: readonly ChartDeployment[]): string[] {
  const plain = deployments.map(({ application: { name, tool } }) => `${name} (${tool})`);
  const told = deployments.map(({ application: { name, tool }, file }, index) =>
    plain.filter((other) => other === plain[index]).length === 1
      ? plain[index]
      : `${name} in ${file} (${tool})`,
  );
  return told.map((name = '', index) => (told.indexOf(name) === index ? name : `${name} ${index + 1}`));
}

interface ReadSet {
  readonly set: ValueSet;
  readonly windows: readonly NamedWindow[];
  /** The same for applications that give the same values. */
  readonly content: string;
}

class SetReader {
  readonly #deployment: ChartDeployment;
  readonly #name: string;
  readonly #textOf: (file: string) => string | undefined;
  readonly #windows: NamedWindow[] = [];
  readonly #said: unknown[] = [];

  constructor(deployment: ChartDeployment, name: string, textOf: (file: string) => string | undefined) {
    this.#deployment = deployment;
    this.#name = name;
    this.#textOf = textOf;
  }

  /** Undefined when some of the values are not to be had. */
  read(): ReadSet | undefined {
    const { helm, path, targetNamespace } = this.#deployment.application;
    if (helm === undefined) return undefined;
    const files = helm.valueFiles.map((each) => {
      const file = pathOf(each, path);
      return file === undefined ? undefined : relativePath(path, file);
    });
    const isThere = (file: string | undefined) => file !== undefined && this.#textOf(file) !== undefined;
    if (!files.every((file) => isThere(file) || (file !== undefined && helm.ignoresMissingFiles)))
      return undefined;
    const named = files.filter((file) => file !== undefined).filter(isThere);
    // The chart's own values come first in any case.
    const there = named[0] === 'values.yaml' && !helm.replacesDefaults ? named.slice(1) : named;
    const inline = helm.inline.map((values) => this.#look(values, 'yaml'));
    const parameters = helm.parameters.flatMap(({ flag, name, text, typed }): DeployedParameter[] => {
      const window = this.#look(typed, 'scalar');
      this.#said.push([flag, name, text]);
      // The text of what Flux takes from a ConfigMap stands there alone.
      const given = typed.kind === 'ConfigMap' ? undefined : text;
      return window === undefined ? [] : [{ flag, name, text: given, window }];
    });
    const isReplaced = this.#windows.some(({ values }) => hasParameters(values.parameters));
    if (isReplaced && this.#said.some((said) => typeof said === 'string' && said.includes('{{')))
      return undefined;
    const isWhole =
      helm.isWhole && parameters.length === helm.parameters.length && !inline.includes(undefined);
    // The chart's own values are looked at in any case.
    if (there.length === 0 && this.#windows.length === 0 && inline.every((file) => file === undefined))
      return undefined;
    const set: ValueSet = {
      name: this.#name,
      files: [...there, ...inline.filter((window) => window !== undefined)],
      set: [],
      deployment: {
        namespace: targetNamespace,
        replacesDefaults: helm.replacesDefaults,
        isWhole,
        parameters,
      },
    };
    const content = JSON.stringify([there, targetNamespace, helm.replacesDefaults, isWhole, this.#said]);
    return { set, windows: this.#windows, content };
  }

  /** The name of the window on values; undefined when they are nowhere. */
  #look(values: TypedValues, reading: Reading): string | undefined {
    const { application, file, neighbours } = this.#deployment;
    const inFile = values.kind === 'ConfigMap' ? [file, ...neighbours] : [file];
    const files = inFile.map((each) => relativePath(application.path, each));
    for (const candidate of files) {
      const text = this.#textOf(candidate);
      const window = text === undefined ? undefined : windowIn(candidate, text, values, reading);
      if (window === undefined) continue;
      this.#said.push(window.text.trim());
      const name = `${candidate}#${this.#name}${this.#windows.length === 0 ? '' : ` ${this.#windows.length + 1}`}`;
      this.#windows.push({ name, files, values, reading });
      return name;
    }
    return reading === 'yaml' ? this.#generated(values) : undefined;
  }

  /** The file that a kustomization beside the application makes a ConfigMap from. */
  #generated({ kind, name, path }: TypedValues): string | undefined {
    const { application, neighbours } = this.#deployment;
    const kustomizations = neighbours.filter((each) => KUSTOMIZATION_NAMES.includes(nameIn(each)));
    if (kind !== 'ConfigMap') return undefined;
    for (const kustomization of kustomizations) {
      const { root } = parseDocument(this.#textOf(relativePath(application.path, kustomization)) ?? '');
      const generators = root?.get('configMapGenerator')?.items ?? [];
      const inputs = generators
        .filter((generator) => generator.get('name')?.text === name)
        .flatMap((generator) => generator.get('files')?.items.flatMap(({ text }) => text ?? []) ?? []);
      const named = inputs.find((input) => keyOfInput(input) === path.at(-1));
      const folder = kustomization.slice(0, Math.max(0, kustomization.lastIndexOf('/')));
      const file = named && normalizedPath(named.slice(named.indexOf('=') + 1), folder);
      const found = file && relativePath(application.path, file);
      const text = found && this.#textOf(found);
      if (!found || text === undefined) continue;
      this.#said.push(found);
      return found;
    }
    return undefined;
  }
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The key of what a generator takes in: `key=path`, or a path whose last part it is. */
function keyOfInput(input: string): string {
  const at = input.indexOf('=');
  return at === -1 ? nameIn(input) : input.slice(0, at);
}

/** The path of a values file from the root of the repository; undefined when it leads out of it. */
function pathOf({ from, path }: NamedValuesFile, chart: string): string | undefined {
  return normalizedPath(path, from === 'chart' ? chart : '');
}
