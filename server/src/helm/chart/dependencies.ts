import { parseConstraint, parseVersion, satisfies } from '../functions/semver.ts';
import { deepCopyDict } from '../functions/support.ts';
import { Dict, type GoValue } from '../value/value.ts';
import type { Chart } from './chart.ts';
import { type ChartNode, coalesceTables, coalesceValues } from './coalesce.ts';
import { type Dependency, fieldText } from './metadata.ts';
import { ValuesError } from './values-file.ts';

/** A chart that takes part in a rendering. */
export interface ActiveChart extends ChartNode {
  readonly chart: Chart;
  /** The alias, or the chart's own name. */
  readonly name: string;
  values: Dict;
  dependencies: ActiveChart[];
  /**
   * The declared dependencies that are enabled, under their aliases. Below a chart that declares none, Helm leaves them all as they are
   * written.
   */
  declared: DeclaredDependency[];
}

interface DeclaredDependency {
  readonly dependency: Dependency;
  /** The alias, or the name. */
  readonly name: string;
  readonly isEnabled: boolean;
}

/**
 * Decides which dependencies take part (conditions, tags, aliases) and lets charts import values from them.
 *
 * @throws ValuesError
 */
export function activateDependencies(chart: Chart, given: Dict): ActiveChart {
  const root = activate(chart, fieldText(chart.metadata, 'name'));
  try {
    enableDependencies(root, given, '');
    importValues(root);
  } catch (error) {
    if (!(error instanceof ValuesError)) throw error;
    throw new ValuesError(`chart dependencies processing failed: ${error.message}`, error.range, error.file);
  }
  return root;
}

function activate(chart: Chart, name: string): ActiveChart {
  return {
    chart,
    name,
    values: chart.values,
    dependencies: chart.dependencies.map((child) => activate(child, fieldText(child.metadata, 'name'))),
    declared: chart.metadata.dependencies.map((dependency) => ({
      dependency,
      name: dependency.name,
      isEnabled: false,
    })),
  };
}

/** Whether a version fits a range, as Helm checks dependencies. */
export function isCompatible(range: string, version: string): boolean {
  const parsedRange = parseConstraint(range);
  const parsedVersion = parseVersion(version);
  if (typeof parsedRange === 'string' || typeof parsedVersion === 'string') return false;
  return satisfies(parsedVersion, parsedRange);
}

function fits(child: Chart, { name, version }: Dependency): boolean {
  return (
    fieldText(child.metadata, 'name') === name && isCompatible(version, fieldText(child.metadata, 'version'))
  );
}

function enableDependencies(node: ActiveChart, given: Dict, path: string): void {
  const { dependencies } = node.chart.metadata;
  if (dependencies.length === 0) return;
  const children = node.chart.dependencies;
  const undeclared = children.filter((child) => !dependencies.some((dependency) => fits(child, dependency)));
  node.dependencies = undeclared.map((child) => activate(child, fieldText(child.metadata, 'name')));
  for (const dependency of dependencies) {
    const child = children.find((candidate) => fits(candidate, dependency));
    if (child !== undefined) node.dependencies.push(activate(child, dependency.alias || dependency.name));
  }
  const declared = dependencies.map((dependency) => ({
    dependency,
    name: dependency.alias || dependency.name,
    isEnabled: true,
  }));
  const values = coalesceValues(node, given);
  const disabled = new Set(
    declared.filter(({ dependency }) => !isEnabled(dependency, values, path)).map(({ name }) => name),
  );
  node.declared = declared.filter(({ name }) => !disabled.has(name));
  node.dependencies = node.dependencies.filter(({ name }) => !disabled.has(name));
  for (const child of node.dependencies) enableDependencies(child, values, `${path}${child.name}.`);
}

/** Tags first, then the first condition that is a boolean. */
function isEnabled(dependency: Dependency, values: Dict, path: string): boolean {
  let enabled = true;
  const tags = values.entries.get('tags');
  if (tags?.kind === 'map') {
    const flags = dependency.tags.map((tag) => tags.entries.get(tag)).filter((flag) => flag?.kind === 'bool');
    enabled = flags.length === 0 || flags.some((flag) => flag?.kind === 'bool' && flag.value);
  }
  for (const condition of dependency.condition.trim().split(',')) {
    if (condition === '') continue;
    const value = lookup(values, `${path}${condition}`.split('.'));
    if (value?.kind === 'bool') return value.value;
  }
  return enabled;
}

function lookup(values: Dict, path: readonly string[]): GoValue | undefined {
  let current: GoValue | undefined = values;
  for (const key of path) current = current?.kind === 'map' ? current.entries.get(key) : undefined;
  return current;
}

function importValues(node: ActiveChart): void {
  for (const child of node.dependencies) importValues(child);
  if (node.declared.length === 0) return;
  const values = coalesceValues(node, emptyValues(node), true);
  const imported = emptyValues(node);
  for (const { dependency, name } of node.declared) {
    for (const entry of dependency.importValues) {
      const isExport = typeof entry === 'string';
      const child = isExport ? `exports.${entry}` : entry.child;
      const parent = isExport ? '.' : entry.parent;
      const table = lookup(values, [name, ...child.split('.')]);
      if (table?.kind === 'map') coalesceTables(imported, at(parent, deepCopyDict(table)), true);
    }
  }
  node.values = coalesceTables(values, imported, true);
}

function emptyValues({ values }: ActiveChart): Dict {
  return new Dict(new Map(), 'map[string]interface {}', values.trace);
}

/** A map inside of the maps of a dotted path. */
function at(path: string, table: Dict): Dict {
  if (path === '.') return table;
  return path
    .split('.')
    .reduceRight(
      (inner, key) => new Dict(new Map([[key, inner]]), 'map[string]interface {}', inner.trace),
      table,
    );
}

/** Names of declared dependencies that are not in charts/. */
export function missingDependencies(chart: Chart): Dependency[] {
  const present = new Set(chart.dependencies.map((child) => fieldText(child.metadata, 'name')));
  return chart.metadata.dependencies.filter(({ name }) => !present.has(name));
}
