import type { SetFlag } from '../../helm/index.ts';
import type { Path } from '../../syntax/paths.ts';

import type { FileSelection } from './file-selection.ts';
import type { Parameters } from './parameters.ts';

/** Values that stand inside of a manifest: below a path of one of its objects. Without offsets, so that lines more above change nothing. */
export interface TypedValues {
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
  /** What stands for parameters of a template, such as `{{cluster}}`; empty where nothing is replaced. */
  readonly parameters: Parameters;
}

/** A values file as an application names it, or a pattern for several. */
export interface NamedValuesFile {
  /** Whether the path starts at the chart or at the root of the repository. */
  readonly from: 'chart' | 'root';
  readonly path: string;
}

/** A single value, as `--set` takes it. */
export interface SetParameter {
  readonly flag: SetFlag;
  /** The name of the value: `image.tag`. */
  readonly name: string;
  /** What is given; for `set-file` a path from the chart. */
  readonly text: string;
  readonly typed: TypedValues;
}

/** What an application gives to Helm, beside the chart's own values. */
export interface HelmSettings {
  readonly valueFiles: readonly NamedValuesFile[];
  readonly ignoresMissingFiles: boolean;
  /** Whether the chart's own values.yaml counts only where it is one of the files. */
  readonly replacesDefaults: boolean;
  /** Over the files, in the order in which they apply. */
  readonly inline: readonly TypedValues[];
  readonly parameters: readonly SetParameter[];
  /** Whether these are all values: not those of Secrets, for one. */
  readonly isWhole: boolean;
}

/**
 * What an Argo CD Application or an object of Flux deploys from a folder. That the folder is one of this repository is a guess, which holds
 * where there is such a folder.
 */
export interface Application {
  readonly tool: 'Argo CD' | 'Flux';
  readonly kind: string;
  readonly name: string;
  /** That of the application itself. */
  readonly namespace: string | undefined;
  /** From the root of the repository, without `./` and slashes at the ends; empty for the root. */
  readonly path: string;
  readonly deploys: 'anything' | 'chart' | 'manifests';
  /** Whether what is in folders below goes with it, should there be no kustomization. */
  readonly recurses: boolean;
  /** Which files of the folder it deploys, should there be no kustomization; undefined for all. */
  readonly selection: FileSelection | undefined;
  /** The cluster that it deploys to, by address or name; undefined for the one that it stands in. */
  readonly cluster: string | undefined;
  /** The namespace of what names none. */
  readonly targetNamespace: string | undefined;
  /** Whether what names another namespace goes to that one all the same. */
  readonly overridesNamespace: boolean;
  /** The fields by which it changes the kustomization in the folder; undefined where it changes nothing. */
  readonly kustomize: TypedValues | undefined;
  /** Undefined where some of its values are not to be had, or it cannot deploy a chart. */
  readonly helm: HelmSettings | undefined;
}

/** A path as applications write it, from the root of a repository; undefined when it leads out of it, or is an address. */
export function normalizedPath(path: string, from = ''): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path) || path.includes('{{')) return undefined;
  const parts = from === '' || path.startsWith('/') ? [] : from.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
