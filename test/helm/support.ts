import { expect } from 'vitest';
import {
  loadChart,
  type RenderOptions,
  type RenderResult,
  renderChart,
} from '../../server/src/helm/index.ts';
import { type Files, helmTemplate } from '../support/oracle.ts';

export const CHART_YAML = 'apiVersion: v2\nname: c\nversion: 0.1.0\nappVersion: 1.2.3\n';

/** A chart from its templates and values; other files by their whole path. */
export function chartOf(
  templates: Readonly<Record<string, string>>,
  values = '',
  others: Readonly<Record<string, string | Uint8Array>> = {},
): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>([
    ['Chart.yaml', CHART_YAML],
    ['values.yaml', values],
  ]);
  for (const [name, text] of Object.entries(templates)) files.set(`templates/${name}`, text);
  for (const [path, content] of Object.entries(others)) files.set(path, content);
  return files;
}

/** Renders with our engine; what keeps the chart from loading counts as an error too. */
export function render(files: Files, options: RenderOptions = {}): RenderResult {
  const { chart, errors } = loadChart(files);
  if (chart === undefined) return { documents: [], print: () => '', errors, broken: new Set() };
  const result = renderChart(chart, options);
  if (errors.length === 0) return result;
  return { ...result, print: () => '', errors: [...errors, ...result.errors] };
}

/** The arguments of `helm template` for the options that tests use. */
function argumentsFor(options: RenderOptions): string[] {
  const args: string[] = [];
  for (const { file } of options.values ?? []) args.push('-f', file);
  for (const { flag, text } of options.set ?? []) args.push(`--${flag}`, text);
  if (options.release?.name !== undefined) args.push('--name-template', options.release.name);
  if (options.release?.namespace !== undefined) args.push('-n', options.release.namespace);
  if (options.release?.isUpgrade === true) args.push('--is-upgrade');
  if (options.kubeVersion !== undefined) args.push('--kube-version', options.kubeVersion);
  for (const version of options.apiVersions ?? []) args.push('-a', version);
  if (options.includeCrds === true) args.push('--include-crds');
  return args;
}

/** What helm says behind `Error: `. */
export function errorOf(stderr: string): string {
  const start = stderr.lastIndexOf('Error: ');
  return stderr
    .slice(start + 'Error: '.length)
    .replace(/\n\nUse --debug flag to render out invalid YAML\n*$/, '')
    .trim();
}

/** Renders a chart with both engines and demands the same bytes, or the same error. */
export async function expectSame(files: Files, options: RenderOptions = {}): Promise<void> {
  // Values files are read by helm from the chart's folder.
  const withValues = new Map(files);
  for (const { file, text } of options.values ?? []) withValues.set(file, text);
  const theirs = await helmTemplate(withValues, argumentsFor(options));
  const ours = render(withValues, options);
  if (theirs.exitCode === 0) {
    expect({ output: ours.print(), errors: ours.errors }).toEqual({ output: theirs.stdout, errors: [] });
  } else expect(ours.errors[0]?.message.trim()).toBe(errorOf(theirs.stderr));
}

const SEPARATOR = '\n@@@\n';

/**
 * Evaluates many templates in one run of helm: each becomes a named template of a chart, and their results stand between
 * separators. None of them may fail.
 */
export async function expectSameResults(templates: readonly string[], values = ''): Promise<void> {
  const names = templates.map((_, index) => `t${index}`);
  const defines = templates.map((text, index) => `{{ define "${names[index]}" }}${text}{{ end }}`).join('\n');
  const calls = names.map((name) => `{{ include "${name}" . }}`).join(SEPARATOR);
  // Base64 carries characters that no manifest may hold.
  const page = `text: {{ include "all" . | b64enc }}\n`;
  const files = chartOf(
    { '_t.tpl': `${defines}\n{{ define "all" }}${calls}{{ end }}`, 'a.yaml': page },
    values,
    { 'data/a.txt': 'one\ntwo\n', 'data/b.json': '{"k": 1}' },
  );
  const theirs = await helmTemplate(files);
  expect(theirs.stderr).toBe('');
  const ours = render(files);
  expect(ours.errors).toEqual([]);
  const results = (output: string) => {
    const encoded = /^text: (.*)$/m.exec(output)?.[1] ?? '';
    return Buffer.from(encoded, 'base64').toString('latin1').split(SEPARATOR);
  };
  const [expected, actual] = [results(theirs.stdout), results(ours.print())];
  const table = (found: readonly string[]) =>
    templates.map((text, index) => `${text} => ${Buffer.from(found[index] ?? '', 'latin1')}`);
  expect(table(actual)).toEqual(table(expected));
}

/** Evaluates many templates that may fail: each in a chart of its own, several at a time. */
export async function expectSameOutcomes(templates: readonly string[], values = ''): Promise<void> {
  const outcomes: string[] = [];
  const expected: string[] = [];
  for (const template of templates) {
    const files = chartOf({ 'a.yaml': template }, values);
    const theirs = await helmTemplate(files);
    const ours = render(files);
    expected.push(`${template} => ${theirs.exitCode === 0 ? theirs.stdout : errorOf(theirs.stderr)}`);
    outcomes.push(`${template} => ${ours.errors[0]?.message.trim() ?? ours.print()}`);
  }
  expect(outcomes).toEqual(expected);
}
