import type { ChartLink } from './chart-reader.ts';
import { canonicalUri, childUri, isWithin } from './uris.ts';

/** Where a chart and its files are: its folder, what links in it show, and files beside it that it is rendered with. */
export class ChartPlace {
  readonly folder: string;
  readonly #links: readonly ChartLink[];
  /** Files beside the folder, by URI. */
  readonly #outside = new Map<string, string>();

  /** @param links folders beside it that stand in it as links, the longest paths first */
  constructor(folder: string, links: readonly ChartLink[]) {
    this.folder = folder;
    this.#links = links;
  }

  /** Makes a file beside the folder one of the chart. */
  addOutside(file: string): void {
    this.#outside.set(this.uriOf(file), file);
  }

  /**
   * The path of a file from the chart's folder; undefined for files that have no part in what it renders.
   *
   * @param isKnown whether a file is one of the chart, whatever its name
   */
  fileOf(uri: string, isKnown: (file: string) => boolean): string | undefined {
    if (!isWithin(uri, this.folder) || uri === this.folder) {
      return this.#outside.get(uri) ?? this.#throughLink(uri);
    }
    const file = decodeURIComponent(uri.slice(this.folder.length + 1));
    return isKnown(file) || IN_CHART.test(file) ? file : undefined;
  }

  /** The path of a file that a link in the chart shows. */
  #throughLink(uri: string): string | undefined {
    const link = this.#links.find(({ target }) => isWithin(uri, target) && uri !== target);
    return link && `${link.path}/${decodeURIComponent(uri.slice(link.target.length + 1))}`;
  }

  /** Where a file is, not the link that shows it: there people open it. */
  uriOf(file: string): string {
    const link = this.#links.find(({ path }) => file.startsWith(`${path}/`));
    return link === undefined
      ? canonicalUri(childUri(this.folder, file))
      : canonicalUri(childUri(link.target, file.slice(link.path.length + 1)));
  }
}

/** Whether a file of a chart is a template, or a part of a dependency: then it is nothing by itself. */
export function isRendered(file: string): boolean {
  return /^(?:templates|charts)\//.test(file);
}

/** What Helm reads of a chart's folder to render it, and values files. */
const IN_CHART =
  /^(?:templates|charts|files|config|ci)\/|^(?:Chart|requirements)\.(?:yaml|lock)$|^[^/]*values[^/]*\.(?:ya?ml|json)$|^\.helmignore$/;
