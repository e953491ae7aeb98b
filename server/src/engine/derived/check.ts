import type { Checker } from '../checker.ts';
import type { Finding } from '../finding.ts';
import type { Inspection } from '../inspection.ts';
import { SEVERITY_RANK } from '../severity.ts';
import type { Suppression } from '../suppressions.ts';
import type { CheckedDerived, DerivedFinding, Occurrence, RelatedTypedPlace } from './finding.ts';
import { KeptChecks } from './kept-checks.ts';
import { isGenerated, Locator, type TypedPlace } from './locate.ts';
import type { Derivation, Derived, DerivedDocument } from './source-map.ts';
import { suppressionAt } from './suppressions.ts';
import { TypedFiles } from './typed-files.ts';

/**
 * Checks derived documents as what they are: manifests. Their world are the documents that were made together.
 *
 * @param others documents that count as made together with them, and are not to be checked
 */
export function checkDocuments(
  { documents }: Pick<Derived, 'documents'>,
  checker: Checker,
  inspect: (derived: DerivedDocument) => Inspection = ({ document }) => checker.inspect(document),
  others: readonly CheckedDerived[] = [],
  kept = new KeptChecks(),
): CheckedDerived[] {
  const inspected = documents.map((derived) => ({ derived, inspection: inspect(derived) }));
  const world = kept.worldOf([...inspected, ...others].flatMap(({ inspection }) => inspection.facts));
  const forFiles = new Map<string, Suppression[]>();
  for (const { derived, inspection } of inspected) {
    const found = inspection.suppressions.filter(({ reach }) => reach === 'file');
    if (found.length > 0) forFiles.set(derived.file, [...(forFiles.get(derived.file) ?? []), ...found]);
  }
  return inspected.map(({ derived, inspection }) => {
    const forFile = forFiles.get(derived.file) ?? [];
    return {
      derived,
      inspection,
      findings: kept.findings(checker, inspection, world, forFile, derived.file),
    };
  });
}

/** More rendered places are not listed: the finding's own place is what counts. */
const MAX_RELATED = 20;

/**
 * The findings of derived documents where they were typed: one for all that have the same rule and the same place.
 *
 * @param today `YYYY-MM-DD`: decides which suppressions have expired
 */
export function findingsAtOrigin(
  checked: readonly CheckedDerived[],
  derivation: Derivation,
  today: string,
  files = new TypedFiles((file) => derivation.textOf(file)),
): DerivedFinding[] {
  const locator = new Locator(derivation, files);
  const groups = new Map<string, { place: TypedPlace; occurrences: Occurrence[] }>();
  for (const one of checked) {
    const located = { derived: one.derived, parsed: one.inspection.parsed };
    for (const finding of one.findings) {
      const place = isGenerated(finding, located) ? undefined : locator.placeOf(finding, located);
      if (place === undefined) continue;
      const key = JSON.stringify([finding.rule, place.file, place.range.start, place.range.end]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { place, occurrences: [{ checked: one, finding }] });
      else group.occurrences.push({ checked: one, finding });
    }
  }
  const findings = [...groups.values()].flatMap(({ place, occurrences }) => {
    // Those that an annotation of the resource covers are no longer part of the others.
    const active = occurrences.filter(({ finding }) => finding.suppression === undefined);
    return [atPlace(place, active.length > 0 ? active : occurrences, locator, files, today)];
  });
  return findings.sort(byPlace);
}

function atPlace(
  place: TypedPlace,
  occurrences: readonly Occurrence[],
  locator: Locator,
  files: TypedFiles,
  today: string,
): DerivedFinding {
  const gravest = occurrences.reduce((a, b) => (gravityOf(b) > gravityOf(a) ? b : a));
  const { finding } = gravest;
  const suppression = suppressionAt(files, place.file, finding.rule, place.range.start, today);
  const message = place.note === undefined ? finding.message : `${finding.message} ${place.note}`;
  return {
    file: place.file,
    finding: {
      ...finding,
      message,
      range: place.range,
      related: [],
      suppression: suppression ?? finding.suppression,
    },
    related: [
      ...explanations(gravest, place, locator),
      ...renderedPlaces(occurrences, place, locator).slice(0, MAX_RELATED),
    ],
    occurrences,
  };
}

/** What the rule itself says of other places. */
function explanations(
  { checked, finding }: Occurrence,
  { file, range }: TypedPlace,
  locator: Locator,
): RelatedTypedPlace[] {
  const located = { derived: checked.derived, parsed: checked.inspection.parsed };
  return finding.related.flatMap(({ range: other, message }) => {
    const place = locator.ofRange(other, located) ?? locator.templateAt(other.start, located);
    if (place === undefined || (place.file === file && place.range.start === range.start)) return [];
    return [{ file: place.file, range: place.range, message }];
  });
}

/** Where the finding shows in what is deployed; left out where the finding's own place says all of it. */
function renderedPlaces(
  occurrences: readonly Occurrence[],
  { file, range }: TypedPlace,
  locator: Locator,
): RelatedTypedPlace[] {
  const seen = new Set<string>();
  return occurrences.flatMap(({ checked: { derived, inspection }, finding }) => {
    const place = locator.templateAt(finding.range.start, { derived, parsed: inspection.parsed });
    const { kind, name } = finding.resource ?? { kind: '', name: '' };
    const resource = kind === '' ? 'a document' : `${kind} ${JSON.stringify(name)}`;
    const message = `Shows in ${resource}, made by ${derived.file}.`;
    const isOwnPlace = place === undefined || (place.file === file && place.range.start === range.start);
    if ((isOwnPlace && occurrences.length === 1) || seen.has(message)) return [];
    seen.add(message);
    return [{ file: place?.file ?? file, range: place?.range ?? range, message }];
  });
}

function gravityOf({ finding }: Occurrence): number {
  return SEVERITY_RANK[finding.severity];
}

function byPlace(a: { file: string; finding: Finding }, b: { file: string; finding: Finding }): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  const [left, right] = [a.finding, b.finding];
  return (
    left.range.start - right.range.start ||
    left.range.end - right.range.end ||
    (left.rule < right.rule ? -1 : 1)
  );
}
