import type { Resource } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import {
  type Application,
  type HelmSettings,
  type NamedValuesFile,
  normalizedPath,
  type Parameters,
  type SetParameter,
  type TypedValues,
} from './application.ts';
import type { FileSelection } from './file-selection.ts';
import { isGiven } from './given.ts';
import { filledIn, listParameters } from './list-generator.ts';

const GROUP = 'argoproj.io';

/**
 * What an Argo CD Application deploys, one for each of its sources that is a folder; of an ApplicationSet, the same for each element of its
 * lists. Other generators ask clusters, repositories or servers, and are left out.
 *
 * Sources: https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ and
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-List/
 */
export function argoApplicationsOf(resource: Resource): Application[] {
  if (resource.group !== GROUP) return [];
  if (resource.kind === 'Application') return new ApplicationReader(resource, {}, []).read();
  if (resource.kind !== 'ApplicationSet') return [];
  // A patch may change any field of what a template gives.
  if (resource.spec?.has(['templatePatch'])) return [];
  return listParameters(resource.spec).flatMap((parameters) =>
    new ApplicationReader(resource, parameters, ['spec', 'template']).read(),
  );
}

/** The fields of one Application, with parameters filled in. */
class ApplicationReader {
  readonly #resource: Resource;
  readonly #parameters: Parameters;
  readonly #path: Path;
  readonly #spec: Value | undefined;
  readonly #name: string;

  /** @param path of the Application in the resource */
  constructor(resource: Resource, parameters: Parameters, path: Path) {
    this.#resource = resource;
    this.#parameters = parameters;
    this.#path = path;
    this.#spec = resource.root.at([...path, 'spec']);
    this.#name = this.#text(resource.root.at([...path, 'metadata', 'name'])) ?? '';
  }

  read(): Application[] {
    const several = this.#spec?.get('sources');
    const one = this.#spec?.get('source');
    const sources = several?.items.map((source, index) => ({ source, path: ['sources', index] })) ?? [];
    // `sources` takes the place of `source` where both are given.
    if (sources.length === 0 && one !== undefined) sources.push({ source: one, path: ['source'] });
    const references = sources.flatMap(({ source }) => this.#text(source.get('ref')) ?? []);
    return sources.flatMap(({ source, path }) => this.#ofSource(source, path, references) ?? []);
  }

  #ofSource(source: Value, at: Path, references: readonly string[]): Application | undefined {
    const written = this.#text(source.get('path'));
    const path = written === undefined ? undefined : normalizedPath(written);
    if (path === undefined || source.has(['chart']) || source.has(['plugin'])) return undefined;
    const destination = this.#spec?.get('destination');
    const targetNamespace = this.#text(destination?.get('namespace'));
    return {
      tool: 'Argo CD',
      kind: this.#resource.kind,
      name: this.#name,
      namespace: this.#resource.namespace,
      path,
      deploys: 'anything',
      recurses: source.at(['directory', 'recurse'])?.boolean === true,
      selection: this.#selection(source.get('directory')),
      cluster: this.#text(destination?.get('server')) ?? this.#text(destination?.get('name')),
      targetNamespace: targetNamespace || undefined,
      overridesNamespace: false,
      kustomize: this.#kustomize(source.get('kustomize'), [...this.#path, 'spec', ...at, 'kustomize']),
      helm: this.#helm(source.get('helm'), [...this.#path, 'spec', ...at, 'helm'], references),
    };
  }

  #selection(directory: Value | undefined): FileSelection | undefined {
    const include = this.#text(directory?.get('include')) ?? '';
    const exclude = this.#text(directory?.get('exclude')) ?? '';
    return include === '' && exclude === '' ? undefined : { include, exclude };
  }

  #kustomize(fields: Value | undefined, at: Path): TypedValues | undefined {
    return KUSTOMIZE_FIELDS.some((field) => isGiven(fields?.get(field))) ? this.#typed(at) : undefined;
  }

  /**
   * Parameters come over `valuesObject`, that in place of `values`, those over the files.
   *
   * Source: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-value-precedence
   */
  #helm(helm: Value | undefined, at: Path, references: readonly string[]): HelmSettings | undefined {
    const inline = (['valuesObject', 'values'] as const).find((field) => helm?.has([field]));
    const items = helm?.get('valueFiles')?.items ?? [];
    const valueFiles = items.flatMap((item) => this.#valuesFile(this.#text(item) ?? '', references) ?? []);
    if (valueFiles.length < items.length) return undefined;
    return {
      valueFiles,
      ignoresMissingFiles: helm?.get('ignoreMissingValueFiles')?.boolean === true,
      replacesDefaults: false,
      inline: inline === undefined ? [] : [this.#typed([...at, inline])],
      parameters: [
        ...this.#set(helm, 'parameters', 'value', at),
        ...this.#set(helm, 'fileParameters', 'path', at),
      ],
      isWhole: true,
    };
  }

  /** Undefined for addresses, and for what only the running Argo CD knows. */
  #valuesFile(written: string, references: readonly string[]): NamedValuesFile | undefined {
    const reference = references.find((name) => written.startsWith(`$${name}/`));
    const path = reference === undefined ? written : written.slice(reference.length + 1);
    if (path === '' || /\$|\{\{|:\/\//.test(path)) return undefined;
    return { from: path.startsWith('/') ? 'root' : 'chart', path };
  }

  #set(
    helm: Value | undefined,
    field: 'parameters' | 'fileParameters',
    key: string,
    at: Path,
  ): SetParameter[] {
    return (helm?.get(field)?.items ?? []).flatMap((item, index): SetParameter[] => {
      const [name, text] = [this.#text(item.get('name')), this.#text(item.get(key))];
      if (name === undefined || text === undefined) return [];
      const isString = item.get('forceString')?.boolean === true;
      const flag = field === 'fileParameters' ? 'set-file' : isString ? 'set-string' : 'set';
      return [{ flag, name, text: parameterText(text), typed: this.#typed([...at, field, index, key]) }];
    });
  }

  #typed(path: Path): TypedValues {
    const { kind, name } = this.#resource;
    return { kind, name, path, parameters: this.#parameters };
  }

  #text(value: Value | undefined): string | undefined {
    const text = value?.text;
    if (text === undefined) return undefined;
    const filled = filledIn(text, this.#parameters);
    // Part of the build environment: https://argo-cd.readthedocs.io/en/stable/user-guide/build-environment/
    return filled.replaceAll(/\$(?:ARGOCD_APP_NAME\b|\{ARGOCD_APP_NAME\})/g, () => this.#name);
  }
}

/** Source: https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/ */
const KUSTOMIZE_FIELDS = [
  ...['namePrefix', 'nameSuffix', 'namespace', 'images', 'replicas', 'commonLabels'],
  ...['commonAnnotations', 'patches', 'components'],
];

/**
 * A text as Argo CD gives it to `--set`. Commas would begin the next value; those of a list in braces do.
 *
 * Source: cleanSetParameters in https://github.com/argoproj/argo-cd/blob/master/util/helm/cmd.go
 */
export function parameterText(text: string): string {
  return text.startsWith('{') && text.endsWith('}') ? text : text.replaceAll(/(?<!\\),/g, '\\,');
}
