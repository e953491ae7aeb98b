import type { Origin, Trace } from '../trace/origin.ts';
import { Bool, Dict, type GoValue, Int, List, Str } from '../value/value.ts';
import type { Release } from './capabilities.ts';
import type { ActiveChart } from './dependencies.ts';
import { fieldText, type Metadata, type MetadataField } from './metadata.ts';

/** The names that templates use for the fields of Chart.yaml. */
const FIELD_NAMES: Record<MetadataField, string> = {
  name: 'Name',
  home: 'Home',
  version: 'Version',
  description: 'Description',
  icon: 'Icon',
  apiVersion: 'APIVersion',
  condition: 'Condition',
  tags: 'Tags',
  appVersion: 'AppVersion',
  kubeVersion: 'KubeVersion',
  type: 'Type',
};

function plainMap(entries: Iterable<readonly [string, GoValue]>, trace: Trace): Dict {
  return new Dict(new Map(entries), 'map[string]interface {}', trace);
}

/** `.Chart`. */
export function chartObject({ chart, name, declared }: ActiveChart, isRoot: boolean): Dict {
  const { metadata } = chart;
  const { file } = metadata;
  const whole: Trace = [{ kind: 'metadata', file, path: [] }];
  const text = (value: string) => new Str(value, whole);
  const texts = (values: readonly string[]) => new List(values.map(text), '[]interface {}', whole);
  const entries: [string, GoValue][] = (Object.keys(FIELD_NAMES) as MetadataField[]).map((field) => [
    FIELD_NAMES[field],
    new Str(fieldText(metadata, field), fieldTrace(metadata, field)),
  ]);
  const map = plainMap(entries, whole);
  map.entries.set('Name', new Str(name, fieldTrace(metadata, 'name')));
  map.entries.set('Sources', texts(metadata.sources));
  map.entries.set('Keywords', texts(metadata.keywords));
  map.entries.set('Deprecated', new Bool(metadata.deprecated, whole));
  map.entries.set('IsRoot', new Bool(isRoot, whole));
  map.entries.set('Annotations', annotations(metadata, whole));
  const maintainers = metadata.maintainers.map((maintainer) =>
    plainMap(
      [
        ['Name', text(maintainer.name)],
        ['Email', text(maintainer.email)],
        ['URL', text(maintainer.url)],
      ],
      whole,
    ),
  );
  map.entries.set('Maintainers', new List(maintainers, '[]interface {}', whole));
  const dependencies = declared.map((entry) => dependencyObject(entry));
  map.entries.set('Dependencies', new List(dependencies, '[]interface {}', whole));
  return map;
}

function annotations(metadata: Metadata, trace: Trace): Dict {
  const entries = [...(metadata.annotations ?? [])].map(
    ([key, value]) => [key, new Str(value, trace)] as const,
  );
  return new Dict(new Map(entries), 'map[string]string', trace, metadata.annotations === undefined);
}

function dependencyObject({ dependency, name, isEnabled }: ActiveChart['declared'][number]): Dict {
  const trace: Trace = [{ kind: 'metadata', file: dependency.file, range: dependency.range, path: [] }];
  const text = (value: string) => new Str(value, trace);
  const imports = dependency.importValues.map((entry) => {
    const { child, parent } = typeof entry === 'string' ? { child: `exports.${entry}`, parent: '.' } : entry;
    const fields = new Map([
      ['child', text(child)],
      ['parent', text(parent)],
    ]);
    return new Dict(fields, 'map[string]string', trace);
  });
  return plainMap(
    [
      ['Name', text(name)],
      ['Version', text(dependency.version)],
      ['Repository', text(dependency.repository)],
      ['Condition', text(dependency.condition)],
      ['Tags', new List(dependency.tags.map(text), '[]interface {}', trace)],
      ['Enabled', new Bool(isEnabled, trace)],
      ['ImportValues', new List(imports, '[]interface {}', trace)],
      ['Alias', text(dependency.alias)],
    ],
    trace,
  );
}

function fieldTrace(metadata: Metadata, field: MetadataField): Trace {
  const range = metadata.fields.get(field)?.range;
  const origin: Origin =
    range === undefined
      ? { kind: 'metadata', file: metadata.file, path: [field] }
      : { kind: 'metadata', file: metadata.file, range, path: [field] };
  return [origin];
}

/** `.Release`. */
export function releaseObject(release: Release): Dict {
  const trace = (name: string): Trace => [{ kind: 'builtin', file: `.Release${name}`, path: [] }];
  const text = (name: string, value: string) => [name, new Str(value, trace(`.${name}`))] as const;
  return plainMap(
    [
      text('Name', release.name),
      text('Namespace', release.namespace),
      ['IsUpgrade', new Bool(release.isUpgrade, trace('.IsUpgrade'))],
      ['IsInstall', new Bool(!release.isUpgrade, trace('.IsInstall'))],
      ['Revision', new Int(BigInt(release.revision), 'int', trace('.Revision'))],
      text('Service', 'Helm'),
    ],
    trace(''),
  );
}

/** `.Template`. */
export function templateObject(name: string, basePath: string): Dict {
  const trace = (field: string): Trace => [{ kind: 'builtin', file: `.Template.${field}`, path: [] }];
  const entries = new Map<string, GoValue>([
    ['Name', new Str(name, trace('Name'))],
    ['BasePath', new Str(basePath, trace('BasePath'))],
  ]);
  return new Dict(entries, 'common.Values', trace('Name'));
}

/** The values for a dependency, as its parent's `.Values` holds them: the same map, so that changes show there. */
export function subchartValues(parent: GoValue, name: string): Dict {
  const table = parent.kind === 'map' ? parent.entries.get(name) : undefined;
  if (table?.kind === 'map') return asValues(table);
  return new Dict(new Map(), 'common.Values', table?.trace ?? parent.trace);
}

export function asValues(map: Dict): Dict {
  const values = new Dict(map.entries, 'common.Values', map.trace, map.isNil);
  values.keyTraces = map.keyTraces;
  return values;
}
