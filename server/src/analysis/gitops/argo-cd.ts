import type { Resource } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import {
  type Application,
  type HelmSettings,
  type NamedValuesFile,
  normalizedPath,
  type SetParameter,
  type TypedValues,
} from './application.ts';
import type { FileSelection } from './file-selection.ts';
import { parameterSets } from './generators.ts';
import type { RepositoryView } from './git-generator.ts';
import { isGiven } from './given.ts';
import { filledIn, NO_PARAMETERS, type Parameters } from './parameters.ts';
import { patchedTemplate } from './template-patch.ts';

const GROUP = 'argoproj.io';

/**
 * What an Argo CD Application deploys, one for each of its sources that is a folder; of an ApplicationSet, the same for each set of parameters
 * that its generators give.
 *
 * @param views of folders that may be the root of its repository, the outermost first
 *
 * Sources: https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ and
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/applicationset-specification/
 */
export function argoApplicationsOf(resource: Resource, views: readonly RepositoryView[] = []): Application[] {
  if (resource.group !== GROUP) return [];
  if (resource.kind === 'Application')
    return new ApplicationReader(resource, NO_PARAMETERS, [], resource.root).read();
  if (resource.kind !== 'ApplicationSet') return [];
  const [template, patch] = [resource.spec?.get('template'), resource.spec?.get('templatePatch')];
  return parameterSets(resource.spec, views).flatMap((parameters) => {
    const root = patchedTemplate(template, patch, parameters);
    return root === undefined
      ? []
      : new ApplicationReader(resource, parameters, ['spec', 'template'], root).read();
  });
}

/** The fields of one Application, with parameters filled in. */
class ApplicationReader {
  readonly #resource: Resource;
  readonly #parameters: Parameters;
  readonly #path: Path;
  readonly #spec: Value | undefined;
  readonly #name: string;

  /**
   * @param path of the Application in the resource
   * @param root what stands there
   */
  constructor(resource: Resource, parameters: Parameters, path: Path, root: Value) {
    this.#resource = resource;
    this.#parameters = parameters;
    this.#path = path;
    this.#spec = root.get('spec');
    this.#name = this.#text(root.at(['metadata', 'name'])) ?? '';
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
