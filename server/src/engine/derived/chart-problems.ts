import type { FileContents } from '../../helm/index.ts';
import type { Severity } from '../../rules/rule.ts';
import type { DerivationProblem } from './source-map.ts';
import { nearestVisible } from './verbatim.ts';

/** The rule that tells of charts which do not render. */
export const TEMPLATE_ERROR_RULE = 'helm-template-error';

/** A problem of a chart as the rule has it. */
export interface ChartProblem {
  readonly messageId: string;
  readonly data: { readonly problem: string };
  readonly severity: Severity | undefined;
  readonly file: string;
  readonly range: { readonly start: number; readonly end: number };
}

const MESSAGE_IDS: Readonly<Record<string, string>> = {
  parse: 'parse',
  execution: 'execution',
  manifest: 'manifest',
  values: 'values',
  schema: 'schema',
  'missing-dependency': 'dependency',
  chart: 'chart',
  limit: 'limit',
};

/** What is so by intent: a library chart is not installed by itself, and the version of the cluster is a guess of ours. */
const BY_INTENT = /^library charts are not installable$|^chart requires kubeVersion/;

/** What a chart says when a dependency with its named templates has not been fetched. */
const LACKS_TEMPLATE = /no template "|template "[^"]*" not defined/;

/**
 * The problems of a chart that a person should hear of, each once, where it is.
 *
 * @param files of the chart, whose own words may be repeated
 */
export function chartProblems(
  problems: readonly DerivationProblem[],
  files: ReadonlyMap<string, FileContents>,
): ChartProblem[] {
  const lacksDependencies = problems.some(({ kind }) => kind === 'missing-dependency');
  const seen = new Set<string>();
  return problems.flatMap((problem) => {
    if (BY_INTENT.test(problem.message)) return [];
    if (lacksDependencies && problem.kind === 'execution' && LACKS_TEMPLATE.test(problem.message)) return [];
    const told = tell(problem, files);
    const key = JSON.stringify(told);
    return seen.has(key) || !seen.add(key) ? [] : [told];
  });
}

function tell(problem: DerivationProblem, files: ReadonlyMap<string, FileContents>): ChartProblem {
  const { kind, message } = problem;
  const isStopped = kind === 'execution' && /execution error at \(/.test(message);
  const place = placeOf(problem, files);
  return {
    messageId: isStopped ? 'required' : (MESSAGE_IDS[kind] ?? 'chart'),
    data: { problem: withoutValues(reasonOf(kind, message), files) },
    severity:
      isStopped || kind === 'missing-dependency' ? 'information' : kind === 'limit' ? 'warning' : undefined,
    ...place,
  };
}

function placeOf(
  { file, range, line }: DerivationProblem,
  files: ReadonlyMap<string, FileContents>,
): Pick<ChartProblem, 'file' | 'range'> {
  // What is in an archive cannot be shown.
  const shown = file !== undefined && typeof files.get(file) === 'string' ? file : 'Chart.yaml';
  const text = files.get(shown);
  if (typeof text !== 'string') return { file: shown, range: { start: 0, end: 0 } };
  const at =
    line === undefined || line.trim() === '' || range === undefined
      ? -1
      : text.indexOf(line.trim(), range.start);
  const exact = at === -1 || range === undefined || at >= range.end ? range : { start: at, end: range.end };
  return { file: shown, range: nearestVisible(text, shown === file ? exact : undefined) };
}

/** The words behind what Helm says of the place, without the end of the sentence. */
function reasonOf(kind: string, message: string): string {
  const stopped = /execution error at \([^)]*\): ([\s\S]*)/.exec(message)?.[1];
  // The causes of a schema's complaint stand on lines of their own below it.
  const whole = kind === 'schema' ? message.replace(/\n *- /g, '; ') : undefined;
  const last = stopped ?? whole ?? message.trim().split('\n').at(-1)?.trim() ?? '';
  const missing = /missing in charts\/ directory: (.*)$/.exec(last)?.[1];
  const reason =
    missing ?? last.replace(/^parse error at \([^)]*\): /, '').replace(/^YAML parse error on [^:]*: /, '');
  return reason
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.:]+$/, '')
    .slice(0, 300);
}

/**
 * A message without the values in it, which may be PHI or secrets: quoted parts, and words with digits, stay when the templates, the schema or
 * Chart.yaml say them too.
 */
function withoutValues(message: string, files: ReadonlyMap<string, FileContents>): string {
  const isOwnWord = (word: string) =>
    [...files].some(
      ([file, text]) =>
        typeof text === 'string' &&
        /templates\/|(?:^|\/)(?:Chart\.yaml|values\.schema\.json)$/.test(file) &&
        text.includes(word),
    );
  return message
    .replace(/'(?:[^'\\]|\\.)*'(?= does not match pattern | is not valid )/g, "'…'")
    .replace(/"([^"]*)"/g, (quoted, inner: string) => (isOwnWord(inner) ? quoted : '"…"'))
    .replace(/[^\s"'`()<>,:;]*\d[^\s"'`()<>,:;]*/g, (word) =>
      word.length < 4 || isOwnWord(word) ? word : '…',
    );
}
