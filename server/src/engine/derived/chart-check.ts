import type { Checker } from '../checker.ts';
import type { Configuration } from '../configuration.ts';
import { ChartDerivation } from './chart.ts';
import { lookAt } from './chart-documents.ts';
import { type ChartProblem, chartProblems, TEMPLATE_ERROR_RULE } from './chart-problems.ts';
import type { ChartSource } from './chart-source.ts';
import { checkDocuments, findingsAtOrigin } from './check.ts';
import type { CheckedDerived, DerivedFinding } from './finding.ts';
import type { DerivationProblem, Derived, DerivedDocument } from './source-map.ts';
import { withJudgedSuppressions } from './suppression-check.ts';
import { suppressionAt } from './suppressions.ts';
import { TypedFiles } from './typed-files.ts';
import type { ValueSet } from './value-sets.ts';

export interface ChartCheckOptions {
  readonly checker: Checker;
  readonly configuration: Configuration;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The address or path of the chart's folder, which exceptions in the configuration may name. */
  readonly folder?: string;
  /** Whether some sets of values are kept as they were before the last edits; then nothing can be said to be unused. */
  readonly isBehind?: boolean;
  /** The content of what `--set-file` names. */
  readonly readFile?: (path: string) => string | undefined;
}

/** A chart with one set of values, rendered and checked. */
export interface CheckedRendering {
  readonly derivation: ChartDerivation;
  readonly derived: Derived;
  readonly documents: readonly CheckedDerived[];
  /** Documents that have been left for later, as they were when they were last looked at. */
  readonly waiting: readonly CheckedDerived[];
  readonly problems: readonly DerivationProblem[];
  /** Whether its documents have been let go, since they take memory. */
  readonly isShed?: true;
}

/** What is known where somebody edits a chart. */
export interface ChartEditing {
  /** Where one edit changes very many documents altogether, so many of them are looked at, and the others wait. Absent: all. */
  readonly documents?: number | undefined;
  /** The files that were edited, whose own documents come first. */
  readonly edited: ReadonlySet<string>;
  /** The last state of a set of values, with its findings where they stand now. */
  readonly last: ReadonlyMap<ValueSet['name'], CheckedSet>;
}

/** A finding of a chart, and the rendering in which it was found first. */
export interface ChartFinding extends DerivedFinding {
  readonly rendering: CheckedRendering;
}

/** What one set of values comes to. */
export interface CheckedSet {
  readonly rendering: CheckedRendering;
  readonly found: readonly DerivedFinding[];
}

export interface CheckedChart {
  readonly sets: readonly CheckedSet[];
  /** In the order of files and places. */
  readonly findings: readonly ChartFinding[];
}

/**
 * Renders a chart with each set of values and checks what it gives.
 *
 * @param kept what is to stand for rendering some sets once more
 */
export function checkChart(
  source: ChartSource,
  valueSets: readonly ValueSet[],
  options: ChartCheckOptions,
  kept: ReadonlyMap<ValueSet['name'], CheckedSet> = new Map(),
  editing?: ChartEditing,
): CheckedChart {
  const files = new TypedFiles((file) => source.text(file));
  const renderings = valueSets.map(
    (valueSet) => kept.get(valueSet.name)?.rendering ?? render(source, valueSet, options, editing),
  );
  source.keepDocuments(
    renderings.flatMap(({ documents }) => documents.map(({ derived }) => derived.document)),
  );
  const sets = renderings.map((rendering): CheckedSet => {
    const known = kept.get(rendering.derivation.valueSet.name);
    if (known !== undefined) return known;
    const found = [
      ...findingsAtOrigin(rendering.documents, rendering.derivation, options.today, files),
      ...problemFindings(rendering, source, options, renderings),
    ];
    const before = editing?.last.get(rendering.derivation.valueSet.name)?.found ?? [];
    const placed = found.map((finding) => onDisk(finding, source));
    const now = placed.map((finding) => withException(finding, options));
    return { rendering, found: [...now, ...stillWaiting(before, rendering, now)] };
  });
  const found = [...merged(sets), ...inSilentTemplates(sets, source, options, files, editing)];
  return { sets, findings: withJudgedSuppressions(found, sets, source, options, files) };
}

/** The findings of documents that are left for later, where they have not been found again elsewhere. */
function stillWaiting(
  before: readonly DerivedFinding[],
  { waiting }: CheckedRendering,
  now: readonly DerivedFinding[],
): DerivedFinding[] {
  if (waiting.length === 0) return [];
  const names = new Set(waiting.map(({ derived }) => derived.name));
  const keyOf = ({ file, finding: { rule, range } }: DerivedFinding) =>
    JSON.stringify([rule, file, range.start]);
  const told = new Set(now.map(keyOf));
  return before
    .filter(({ occurrences }) => occurrences.length > 0)
    .filter(({ occurrences }) => occurrences.every(({ checked }) => names.has(checked.derived.name)))
    .filter((found) => !told.has(keyOf(found)))
    .map((found) => ({ ...found, finding: { ...found.finding, fixes: [] }, related: [] }));
}

/** What is typed in templates that give nothing with any values because of errors. */
function inSilentTemplates(
  sets: readonly CheckedSet[],
  source: ChartSource,
  options: ChartCheckOptions,
  files: TypedFiles,
  editing: ChartEditing | undefined,
): ChartFinding[] {
  const derived = sets.map(({ rendering }) => rendering.derived);
  const broken = new Set(derived.flatMap((one) => [...(one.broken ?? [])]));
  const [first] = sets;
  if (broken.size === 0 || first === undefined) return [];
  const { rendering } = first;
  for (const { documents } of derived) for (const { file } of documents) broken.delete(file);
  const known = new Set(
    [...(editing?.last.values() ?? [])].flatMap((set) =>
      set.rendering.derived.documents.map(({ file }) => file),
    ),
  );
  return [...broken].sort().flatMap((file) => {
    // What was found in it before still stands.
    const isKnown = known.has(file) && editing?.edited.has(file) === false;
    if (isKnown || !rendering.derivation.isOwn(file)) return [];
    return source.staticFindings(options.checker, file).map((finding) => {
      const { rule, range, suppression } = finding;
      const typed = suppression ?? suppressionAt(files, file, rule, range.start, options.today);
      const found = { file, finding: { ...finding, suppression: typed }, related: [], occurrences: [] };
      return { ...withException(found, options), rendering };
    });
  });
}

/** What stands inside of a manifest is told there. */
function onDisk(found: DerivedFinding, source: ChartSource): DerivedFinding {
  const { finding, related } = found;
  const { file, range } = source.windows.onDisk({ file: found.file, range: finding.range });
  return {
    ...found,
    file,
    finding: range === finding.range ? finding : { ...finding, range },
    related: related.map((place) => ({ ...place, ...source.windows.onDisk(place) })),
  };
}

/** Exceptions name the file where a finding stands, or the template that shows it. */
function withException(finding: DerivedFinding, { checker, folder = '' }: ChartCheckOptions): DerivedFinding {
  const files = [finding.file, ...finding.occurrences.map(({ checked }) => checked.derived.file)];
  for (const file of new Set(files)) {
    const excepted = checker.withException(finding.finding, `${folder}/${file}`);
    if (excepted !== finding.finding) return { ...finding, finding: excepted };
  }
  return finding;
}

function render(
  source: ChartSource,
  valueSet: ValueSet,
  { checker, configuration, readFile }: ChartCheckOptions,
  editing: ChartEditing | undefined,
): CheckedRendering {
  const { kubernetesVersion, phi } = configuration.settings;
  const derivation = new ChartDerivation(source, valueSet, {
    kubernetesVersion,
    namespace: releaseNamespace(phi.namespaces),
    readFile,
  });
  const derived = derivation.derive();
  const last = editing?.last.get(valueSet.name)?.rendering;
  const before = [...(last?.waiting ?? []), ...(last?.documents ?? [])];
  const { inspections, waiting } = lookAt(
    derived.documents,
    source,
    checker,
    editing && { before, documents: editing.documents, edited: editing.edited },
  );
  const inspect = (one: DerivedDocument) => inspections.get(one) ?? checker.inspect(one.document);
  const looked = { documents: derived.documents.filter((one) => inspections.has(one)) };
  return {
    derivation,
    derived,
    documents: checkDocuments(looked, checker, inspect, waiting, source.checksOf(valueSet)),
    waiting,
    problems: derived.problems,
  };
}

/**
 * Where a release goes is not said in the chart; it may be a namespace that holds PHI. So it is one that the configuration names, or one that is
 * like no other.
 */
function releaseNamespace([pattern]: readonly string[]): string {
  return pattern?.replaceAll('*', 'x') ?? 'release-namespace';
}

function problemFindings(
  { derivation, problems }: CheckedRendering,
  source: ChartSource,
  { checker }: ChartCheckOptions,
  renderings: readonly CheckedRendering[],
): DerivedFinding[] {
  const hasOthers = renderings.some((other) => other.problems.length === 0);
  const { deployment } = derivation.valueSet;
  // What a Secret brings may be what is missing.
  if (deployment?.isWhole === false) return [];
  return chartProblems(problems, withWindows(derivation.valueSet, source)).flatMap((problem) => {
    // A chart that needs values is whole when some set gives them.
    if (problem.messageId === 'required' && hasOthers && derivation.valueSet.name === undefined) return [];
    const finding = checker.findingFor(TEMPLATE_ERROR_RULE, reportOf(problem));
    return finding === undefined ? [] : [{ file: problem.file, finding, related: [], occurrences: [] }];
  });
}

/** The files that a problem may name. */
function withWindows({ files }: ValueSet, source: ChartSource): ChartSource['files'] {
  const windows = files.flatMap((file) => {
    const text = source.windows.get(file)?.text;
    return text === undefined ? [] : [[file, text] as const];
  });
  return windows.length === 0 ? source.files : new Map([...source.files, ...windows]);
}

function reportOf({ messageId, data, severity, range }: ChartProblem) {
  return { messageId, data, range, ...(severity && { severity }) };
}

/** Findings of several renderings: those that are the same are told once, and those of some value sets alone name them. */
function merged(checked: readonly CheckedSet[]): ChartFinding[] {
  const byPlace = new Map<string, { finding: ChartFinding; sets: Set<string | undefined> }>();
  for (const { rendering, found } of checked) {
    for (const finding of found) {
      const { rule, range } = finding.finding;
      const key = JSON.stringify([rule, finding.file, range.start, range.end]);
      const known = byPlace.get(key);
      const set = rendering.derivation.valueSet.name;
      if (known === undefined) byPlace.set(key, { finding: { ...finding, rendering }, sets: new Set([set]) });
      else known.sets.add(set);
    }
  }
  return [...byPlace.values()].map(({ finding, sets }) =>
    sets.has(undefined) ? finding : onlyWith(finding, sets),
  );
}

function onlyWith(finding: ChartFinding, sets: ReadonlySet<string | undefined>): ChartFinding {
  const names = [...sets].join(', ');
  const message = `${finding.finding.message} Only with ${names}.`;
  return { ...finding, finding: { ...finding.finding, message } };
}
