import type { SetFlag, SetValue } from '../helm/index.ts';
import { type CommandLine, type OptionForm, readOptions, UsageError } from './options.ts';

export interface RenderArguments {
  readonly command: 'render';
  /** A folder with Chart.yaml, or a packed chart. */
  readonly chart: string;
  /** In the order given; `-` is standard input. */
  readonly valuesFiles: readonly string[];
  readonly set: readonly SetValue[];
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly kubeVersion: string | undefined;
  readonly apiVersions: readonly string[];
  readonly includeCrds: boolean;
  readonly showOnly: readonly string[];
}

const SET_FLAGS: readonly SetFlag[] = ['set', 'set-string', 'set-file', 'set-json', 'set-literal'];

/** The flags that give single values. */
export const SET_OPTIONS: Readonly<Record<string, OptionForm>> = Object.fromEntries(
  SET_FLAGS.map((flag) => [flag, { value: 'text' } satisfies OptionForm]),
);

/** The letters are Helm's. */
const RENDER_OPTIONS: Readonly<Record<string, OptionForm>> = {
  values: { value: 'text', short: 'f' },
  ...SET_OPTIONS,
  name: { value: 'text' },
  namespace: { value: 'needed', short: 'n' },
  'kube-version': { value: 'needed' },
  'api-versions': { value: 'text', short: 'a' },
  'include-crds': { value: 'none' },
  'show-only': { value: 'needed', short: 's' },
};

/**
 * Reads what stands behind `render`.
 *
 * @throws {UsageError}
 */
export function readRenderArguments(args: readonly string[]): RenderArguments | 'help' | 'version' {
  const { options, given, positionals } = readOptions(args, RENDER_OPTIONS, true);
  if (options.has('version')) return 'version';
  if (options.has('help')) return 'help';
  const [chart, ...others] = positionals;
  if (chart === undefined)
    throw new UsageError('render takes a chart: its folder, or a packed chart (.tgz).');
  if (others.length > 0) {
    throw new UsageError('render takes one chart; the name of the release goes behind --name.');
  }
  const all = (name: string) => allOf(given, name);
  const values = valuesGivenIn({ given });
  return {
    command: 'render',
    chart,
    valuesFiles: values.files,
    set: values.set,
    name: options.get('name'),
    namespace: options.get('namespace'),
    kubeVersion: options.get('kube-version'),
    apiVersions: all('api-versions').flatMap(commaSeparated),
    includeCrds: options.has('include-crds'),
    showOnly: all('show-only'),
  };
}

function allOf(given: CommandLine['given'], name: string): string[] {
  return given.flatMap((option) => (option.name === name ? (option.value ?? []) : []));
}

/** The values files and single values of a command line. */
export function valuesGivenIn({ given }: Pick<CommandLine, 'given'>): {
  files: readonly string[];
  set: readonly SetValue[];
} {
  return {
    files: allOf(given, 'values').flatMap(commaSeparated),
    set: SET_FLAGS.flatMap((flag) => allOf(given, flag).map((text): SetValue => ({ flag, text }))),
  };
}

/** The items of a list, as Helm reads it: one line of CSV. */
function commaSeparated(text: string): string[] {
  const items: string[] = [];
  for (let offset = 0; text !== '' && offset <= text.length; ) {
    const quoted = /"((?:[^"]|"")*)"(?=,|$)/y;
    quoted.lastIndex = offset;
    const match = quoted.exec(text);
    const comma = text.indexOf(',', offset);
    const end = match === null ? (comma === -1 ? text.length : comma) : quoted.lastIndex;
    items.push(match === null ? text.slice(offset, end) : (match[1] ?? '').replaceAll('""', '"'));
    offset = end + 1;
  }
  return items;
}
