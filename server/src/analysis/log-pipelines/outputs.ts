import type { Resource } from '../../kubernetes/resource.ts';
import { ScalarValue, type Value } from '../../syntax/values.ts';
import { rsyslogOutputs } from './rsyslog.ts';
import { embeddedTree, type Section, type Tree, textSection, treeOf, treeSection } from './sections.ts';
import { fluentBitBlocks, fluentdBlocks, logstashBlocks, type NamedBlock } from './text-formats.ts';
import { tomlBlocks } from './toml.ts';

export type Product =
  | 'Fluent Bit'
  | 'Fluentd'
  | 'Vector'
  | 'Logstash'
  | 'OpenTelemetry Collector'
  | 'rsyslog'
  | 'Beats'
  | 'Cluster Logging';

/** Where a pipeline sends logs. */
export interface LogOutput {
  readonly product: Product;
  /** The plugin, sink or exporter: `es`, `elasticsearch`, `otlp`. */
  readonly plugin: string;
  readonly section: Section;
}

/** A configuration that collects logs and sends them on. */
export interface LogPipeline {
  readonly product: Product;
  readonly outputs: readonly LogOutput[];
  /** Whether it reads an audit log: of the API server, or one that is named so. */
  readonly readsAudit: boolean;
}

/** Texts with which configurations of collectors begin to look like one. */
export const HINT = /\[OUTPUT\]|<match\b|sinks|output|exporters|omfwd|@@?[\w[(]/i;

/** The log pipelines that a resource configures. */
export function logPipelinesOf(resource: Resource): LogPipeline[] {
  if (resource.kind === 'ConfigMap' && resource.group === '') {
    return (resource.root.get('data')?.entries ?? []).flatMap(({ value }) =>
      value instanceof ScalarValue && HINT.test(value.decoded) ? pipelinesInText(value) : [],
    );
  }
  return pipelinesInFields(resource);
}

function pipelinesInText(scalar: ScalarValue): LogPipeline[] {
  const text = scalar.decoded;
  if (/^\s*\[OUTPUT\]/im.test(text))
    return [fromBlocks(scalar, 'Fluent Bit', fluentBitBlocks(text), /^output$/, 'name')];
  if (/^\s*<match\b/m.test(text))
    return [fromBlocks(scalar, 'Fluentd', fluentdBlocks(text), /^(?:match|store)$/, '@type')];
  if (/^[ \t]*(?:\[ ?sinks *[.\]]|sinks[\w.-]* *= *[\w"'{])/m.test(text))
    return [fromBlocks(scalar, 'Vector', tomlBlocks(text), /^sinks$/, 'type')];
  if (/^\s*output\s*\{/m.test(text))
    return [fromBlocks(scalar, 'Logstash', logstashBlocks(text), /^output$/, undefined)];
  if (
    /^(?:pipeline|sinks|exporters|output)\b/m.test(text) ||
    /^\s*"(?:pipeline|sinks|exporters|output)"/m.test(text)
  ) {
    const tree = embeddedTree(scalar);
    const found = tree === undefined ? [] : pipelinesInTree(tree);
    if (found.length > 0) return found;
  }
  const outputs = rsyslogOutputs(scalar);
  return outputs.length === 0 ? [] : [{ product: 'rsyslog', outputs, readsAudit: mentionsAudit(text) }];
}

function fromBlocks(
  scalar: ScalarValue,
  product: Product,
  blocks: readonly NamedBlock[],
  type: RegExp,
  nameKey: string | undefined,
): LogPipeline {
  const outputs = blocks
    .filter((block) => type.test(block.type))
    .map((block) => {
      const section = textSection(scalar, block);
      const plugin = nameKey === undefined ? block.name : (section.get(nameKey)?.value ?? '');
      return { product, plugin: plugin.toLowerCase(), section };
    });
  return { product, outputs, readsAudit: mentionsAudit(scalar.decoded) };
}

export const MENTIONS_AUDIT =
  /(?:path|include|filename|file|tag)\w*["']?[ \t]{0,20}(?:=>|[:=]|[ \t])[ \t"'[]{0,20}[^\n]{0,200}audit/i;
/** An audit log is known by its file: `/var/log/kubernetes/audit/audit.log`, `kube-apiserver-audit.log`. */
function mentionsAudit(text: string): boolean {
  return MENTIONS_AUDIT.test(text);
}

function pipelinesInTree(tree: Tree): LogPipeline[] {
  const { root } = tree;
  const readsAudit = mentionsAudit(tree.outer?.decoded ?? JSON.stringify(root.toJS()));
  const make = (product: Product, outputs: readonly LogOutput[]): LogPipeline[] =>
    outputs.length === 0 ? [] : [{ product, outputs, readsAudit }];
  const fluentBit = (root.at(['pipeline', 'outputs'])?.items ?? []).flatMap((item) => {
    const name = item.get('name') ?? item.get('Name');
    return name?.text === undefined ? [] : [output('Fluent Bit', name.text, tree, item, name)];
  });
  if (fluentBit.length > 0) return make('Fluent Bit', fluentBit);
  const sinks = (root.get('sinks')?.entries ?? []).flatMap(({ value, keyValue }) => {
    const type = value.get('type')?.text;
    return type === undefined ? [] : [output('Vector', type, tree, value, keyValue)];
  });
  if (sinks.length > 0) return make('Vector', sinks);
  if (root.has(['service', 'pipelines'])) return make('OpenTelemetry Collector', exporters(tree));
  return make('Beats', beatOutputs(tree));
}

function output(product: Product, plugin: string, tree: Tree, value: Value, head: Value): LogOutput {
  return { product, plugin: plugin.toLowerCase(), section: treeSection(tree, value, head) };
}

/** The exporters that a pipeline for logs uses. */
function exporters(tree: Tree): LogOutput[] {
  const used = new Set(
    (tree.root.at(['service', 'pipelines'])?.entries ?? [])
      .filter(({ key }) => /^logs(?:\/|$)/.test(key))
      .flatMap(({ value }) => (value.get('exporters')?.items ?? []).map(({ text }) => text ?? '')),
  );
  return (tree.root.get('exporters')?.entries ?? [])
    .filter(({ key }) => used.has(key))
    .map(({ key, value, keyValue }) =>
      output('OpenTelemetry Collector', key.replace(/\/.*$/, ''), tree, value, keyValue),
    );
}

/** `output.logstash:` and `output: { logstash: }`. */
function beatOutputs(tree: Tree): LogOutput[] {
  return tree.root.entries.flatMap(({ key, value, keyValue }) => {
    if (key === 'output')
      return value.entries.map((entry) => output('Beats', entry.key, tree, entry.value, entry.keyValue));
    const plugin = /^output\.(\w+)$/.exec(key)?.[1];
    return plugin === undefined ? [] : [output('Beats', plugin, tree, value, keyValue)];
  });
}

/** Custom resources that carry such a configuration. */
function pipelinesInFields({ group, kind, spec }: Resource): LogPipeline[] {
  const config = spec?.get('config');
  if (group === 'opentelemetry.io' && config !== undefined) return inConfig(config);
  if (group === 'beat.k8s.elastic.co' && config !== undefined) return inConfig(config);
  if (group === 'logstash.k8s.elastic.co') {
    return (spec?.get('pipelines')?.items ?? []).flatMap((pipeline) => {
      const text = pipeline.get('config.string');
      return text instanceof ScalarValue ? pipelinesInText(text) : [];
    });
  }
  if (kind === 'ClusterLogForwarder' && spec !== undefined) {
    const tree = treeOf(spec);
    const outputs = (spec.get('outputs')?.items ?? []).flatMap((item) => {
      const type = item.get('type');
      return type?.text === undefined ? [] : [output('Cluster Logging', type.text, tree, item, type)];
    });
    return [{ product: 'Cluster Logging', outputs, readsAudit: mentionsAudit(JSON.stringify(spec.toJS())) }];
  }
  return [];
}

function inConfig(config: Value): LogPipeline[] {
  if (config instanceof ScalarValue) return config.text === undefined ? [] : pipelinesInText(config);
  return pipelinesInTree(treeOf(config));
}
