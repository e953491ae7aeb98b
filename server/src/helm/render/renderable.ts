import { capabilities, type KubeVersion, type Release } from '../chart/capabilities.ts';
import type { Chart, ChartFile } from '../chart/chart.ts';
import type { ActiveChart } from '../chart/dependencies.ts';
import { filesValue } from '../chart/files.ts';
import { textOf } from '../chart/load.ts';
import { fieldText } from '../chart/metadata.ts';
import { asValues, chartObject, releaseObject, subchartValues } from '../chart/objects.ts';
import { type ReadLog, TrackedMap } from '../value/tracked-map.ts';
import { compareStrings, Dict, type GoValue } from '../value/value.ts';
import { dataPath } from './memo.ts';
import type { TemplateSource } from './template-cache.ts';

/** A template together with what it is given. */
export interface Renderable extends TemplateSource {
  readonly data: Dict;
  readonly basePath: string;
}

/** Where a chart is deployed, which all of its templates see. */
export interface Target {
  readonly kube: KubeVersion;
  readonly release: Release;
  readonly apiVersions: readonly string[];
}

/** The templates of a chart with its dependencies, and the files that each chart shows its own, by the chart's path. */
export interface Renderables {
  readonly templates: readonly Renderable[];
  readonly files: ReadonlyMap<string, readonly ChartFile[]>;
}

/**
 * Finds all templates of a chart and of its dependencies, and what each is given.
 *
 * Source: `recAllTpls` of helm.sh/helm/v4/pkg/engine.
 */
export function renderablesOf(
  root: ActiveChart,
  values: Dict,
  { kube, release, apiVersions }: Target,
  log: ReadLog,
): Renderables {
  const shared: [string, GoValue][] = [
    ['Release', releaseObject(release)],
    ['Capabilities', capabilities(kube, apiVersions)],
  ];
  // One place for each name: a dependency that is there twice under one name is rendered once.
  const templates = new Map<string, Renderable>();
  const files = new Map<string, readonly ChartFile[]>();
  const collect = (node: ActiveChart, path: string, values: Dict): Dict => {
    files.set(path, node.chart.files);
    const subcharts = new Dict(new Map(), 'map[string]interface {}', values.trace);
    const entries = new TrackedMap(
      dataPath(path),
      [
        ['Chart', chartObject(node, node === root)],
        ['Files', filesValue(node.chart.files)],
        ...shared,
        ['Values', values],
        ['Subcharts', subcharts],
      ],
      log,
    );
    const data = new Dict(entries, 'map[string]interface {}', values.trace);
    for (const child of node.dependencies) {
      const given = subchartValues(values, child.name);
      subcharts.entries.set(child.name, collect(child, `${path}/charts/${child.name}`, given));
    }
    for (const template of ownRenderables(node.chart, path, asValues(data))) {
      templates.set(template.name, template);
    }
    return data;
  };
  collect(root, root.name, asValues(values));
  return { templates: [...templates.values()], files };
}

function ownRenderables(chart: Chart, path: string, data: Dict): Renderable[] {
  const isLibrary = fieldText(chart.metadata, 'type').toLowerCase() === 'library';
  return chart.templates
    .filter(({ name }) => !isLibrary || isPartial(name))
    .map((template) => ({
      name: `${path}/${template.name}`,
      file: template.file,
      text: textOf(template.data),
      data,
      basePath: `${path}/templates`,
    }));
}

/** Sorts templates as Helm runs them: the deepest first and backwards within a depth, so that the last definition of a name wins. */
export function inOrderOfExecution(templates: readonly Renderable[]): Renderable[] {
  return templates.toSorted((a, b) => depthOf(b.name) - depthOf(a.name) || compareStrings(b.name, a.name));
}

function depthOf(name: string): number {
  let depth = 0;
  for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1)) depth++;
  return depth;
}

/** Whether a template, by its path, is there for others only and gives no manifests. */
export function isPartial(name: string): boolean {
  return name.startsWith('_', name.lastIndexOf('/') + 1);
}

/** The files, from the root of the chart, of all templates that give manifests, those of dependencies too. */
export function templatesOf(chart: Chart): string[] {
  const own = chart.templates.filter(({ name }) => !isPartial(name)).map(({ file }) => file);
  return [...own, ...chart.dependencies.flatMap(templatesOf)];
}
