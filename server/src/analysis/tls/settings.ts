import { flagsOf } from '../../kubernetes/command-line.ts';
import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import { type Entry, ScalarValue, type Value } from '../../syntax/values.ts';
import { controlPlaneSettingsOf } from '../control-plane/index.ts';
import {
  ANNOTATION_ROWS,
  CONFIGURATION_ANNOTATIONS,
  type Decides,
  DIRECTIVE_ROWS,
  ENV_ROWS,
  FLAG_ROWS,
  isOfGroups,
  RESOURCE_ROWS,
} from './settings-table.ts';

/** A place that says which versions or cipher suites of TLS something speaks. */
export interface TlsSetting {
  readonly product: string;
  /** The name of the setting, for people. */
  readonly setting: string;
  readonly decides: Decides;
  readonly text: string;
  readonly at: ScalarValue;
  /** The part of the scalar's decoded text that is the setting; absent when all of it is. */
  readonly part?: OffsetRange;
}

/** A cheap test whether a text can hold a setting that matters. */
export const HINT = /tls|ssl|cipher/i;

/** All settings of a resource that the table knows, in every form: fields, annotations, flags, environment, embedded configuration. */
export function tlsSettingsOf(resource: Resource): TlsSetting[] {
  return [
    ...fromAnnotations(resource),
    ...fromFields(resource),
    ...fromConfigMap(resource),
    ...fromContainers(resource),
    ...fromControlPlane(resource),
  ];
}

function fromAnnotations({ metadata }: Resource): TlsSetting[] {
  return (metadata?.get('annotations')?.entries ?? []).flatMap(({ key, value }) => {
    const row = ANNOTATION_ROWS.find((candidate) => candidate.key === key);
    if (row !== undefined) return whole(value, row.product, key, row.decides);
    return CONFIGURATION_ANNOTATIONS.test(key) && value instanceof ScalarValue ? directivesIn(value) : [];
  });
}

function fromFields(resource: Resource): TlsSetting[] {
  const rows = RESOURCE_ROWS.filter(({ groups }) => isOfGroups(resource.group, groups));
  if (rows.length === 0) return [];
  const found: TlsSetting[] = [];
  const visit = (entries: readonly Entry[]): void => {
    for (const { key, value } of entries) {
      for (const { product, keys } of rows) {
        const decides = Object.hasOwn(keys, key) ? keys[key] : undefined;
        if (decides !== undefined) found.push(...wholeOrItems(value, product, key, decides));
      }
      visitValue(value);
    }
  };
  const visitValue = (value: Value): void => {
    visit(value.entries);
    for (const item of value.items) visitValue(item);
  };
  // What a controller has observed is nothing that somebody could set.
  visit(resource.root.entries.filter(({ key }) => key !== 'status'));
  return found;
}

function fromConfigMap({ kind, group, root }: Resource): TlsSetting[] {
  if (kind !== 'ConfigMap' || group !== '') return [];
  return (root.get('data')?.entries ?? []).flatMap(({ key, value }) => {
    const env = ENV_ROWS.find(({ name }) => name.test(key));
    if (env !== undefined) return whole(value, `ConfigMap "${key}"`, key, env.decides);
    return value instanceof ScalarValue ? directivesIn(value) : [];
  });
}

/** Settings inside a text: the configuration of a server, the properties of a Java program. */
function directivesIn(scalar: ScalarValue): TlsSetting[] {
  const text = scalar.decoded;
  if (!HINT.test(text)) return [];
  return DIRECTIVE_ROWS.flatMap(({ product, setting, pattern, decides }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const value = match[1] ?? '';
      const start = match.index + match[0].lastIndexOf(value);
      return {
        product,
        setting,
        decides,
        text: value,
        at: scalar,
        part: { start, end: start + value.length },
      };
    }),
  );
}

function fromContainers(resource: Resource): TlsSetting[] {
  return (podOf(resource)?.containers ?? []).flatMap((container) => {
    const product = `container "${container.name}"`;
    const flags = flagsOf(container).flatMap(({ name, value, at, valueAt }) => {
      const row = FLAG_ROWS.find((candidate) => candidate.name.test(name));
      if (row === undefined || value === undefined) return [];
      const setting = `--${name}`;
      return valueAt === undefined
        ? tail(at, value, product, setting, row.decides)
        : whole(valueAt, product, setting, row.decides);
    });
    const env = (container.value.get('env')?.items ?? []).flatMap((item) => {
      const name = item.get('name')?.text ?? '';
      const value = item.get('value');
      const row = ENV_ROWS.find((candidate) => candidate.name.test(name));
      if (row !== undefined) return whole(value, product, name, row.decides);
      return value instanceof ScalarValue ? directivesIn(value) : [];
    });
    return [...flags, ...env];
  });
}

/** kubeadm and its kin: the arguments of the control plane as data. Static pods are containers, and the fields of kubelets are in the table. */
function fromControlPlane(resource: Resource): TlsSetting[] {
  if (resource.kind === 'Pod' || resource.kind === 'KubeletConfiguration') return [];
  return controlPlaneSettingsOf(resource).flatMap((settings) =>
    FLAG_ROWS.flatMap(({ flags, decides }) =>
      flags.flatMap((name) => {
        const flag = settings.flag(name);
        if (flag === undefined) return [];
        const { at, value } = flag;
        // k3s writes `name=value`.
        return at.kind === 'scalar' && at.text !== value
          ? tail(at, value, settings.component, name, decides)
          : wholeOrItems(at, settings.component, name, decides);
      }),
    ),
  );
}

function whole(value: Value | undefined, product: string, setting: string, decides: Decides): TlsSetting[] {
  if (!(value instanceof ScalarValue) || value.isNull) return [];
  return [{ product, setting, decides, text: value.decoded, at: value }];
}

function wholeOrItems(value: Value, product: string, setting: string, decides: Decides): TlsSetting[] {
  if (value.kind === 'map') return whole(value.get('type'), product, setting, decides);
  if (value.kind === 'scalar') return whole(value, product, setting, decides);
  return value.items.flatMap((item) => whole(item, product, setting, decides));
}

/** The value behind the equals sign of a flag. */
function tail(at: Value, value: string, product: string, setting: string, decides: Decides): TlsSetting[] {
  if (!(at instanceof ScalarValue)) return [];
  const end = at.decoded.length;
  return [{ product, setting, decides, text: value, at, part: { start: end - value.length, end } }];
}
