import { DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { fixChart } from '../../server/src/engine/derived/chart-fix.ts';
import { ChartSource } from '../../server/src/engine/derived/chart-source.ts';
import { valueSetsOf } from '../../server/src/engine/derived/value-sets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { checkerFor, TODAY } from './check-text.ts';

export const CHART = 'apiVersion: v2\nname: clinic\nversion: 0.1.0\nappVersion: 1.2.3\n';

/** By their paths from the chart's folder. */
export type ChartFiles = Readonly<Record<string, string>>;

/** Charts are checked with all rules. */
export const CHART_OPTIONS = {
  checker: checkerFor({ rules }),
  configuration: DEFAULT_CONFIGURATION,
  today: TODAY,
};

export function chartOf(files: ChartFiles): ChartSource {
  return new ChartSource(new Map(Object.entries({ 'Chart.yaml': CHART, ...files })));
}

/** The files that repairing a rule's findings in a chart changes. */
export function repairedChart(rule: string, files: ChartFiles): Record<string, string> {
  const source = chartOf(files);
  const sets = valueSetsOf(source.files.keys());
  const isMeant = ({ finding }: { readonly finding: { readonly rule: string } }) => finding.rule === rule;
  const { files: changed } = fixChart(source, sets, CHART_OPTIONS, 'all', isMeant);
  return Object.fromEntries([...changed].map(([file, { text }]) => [file, text]));
}
