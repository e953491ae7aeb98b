import type { Applicability, EditConfigurationOperation, Fix } from '../../rules/rule.ts';
import { sameData } from '../../syntax/edit/expectation.ts';
import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import { parseDocument } from '../../syntax/parse.ts';
import { formatPath } from '../../syntax/paths.ts';
import type { Finding } from '../finding.ts';
import type { Refusal } from '../planner.ts';
import { Drafting } from './drafting.ts';
import { type Draft, type EditedFiles, editsOf, traced, withDraft } from './edited-files.ts';
import type { CheckedDerived, DerivedFinding, Occurrence } from './finding.ts';
import { branchesWith, conditionsOfEntry, deepestAt } from './locate.ts';
import { type Expectation, isAsExpected } from './proof.ts';
import type { AddedDocument, Derivation, Derived, DerivedDocument, Origin } from './source-map.ts';
import type { FileEdits } from './typed-edits.ts';

/** A repair of a finding of derived documents. */
export interface Offer {
  readonly title: string;
  readonly applicability: Applicability;
  /** Done to each occurrence; undefined for a change of values that decides about the finding. */
  readonly fix: number | undefined;
  readonly decision: { readonly origin: Origin; readonly value: boolean } | undefined;
}

/** The edits of an offer, proven by making the documents again. */
export interface DerivedPlan {
  readonly files: readonly FileEdits[];
  readonly configuration: readonly EditConfigurationOperation[];
}

/** Checks derived documents again, as `checkDocuments` does. */
export type Recheck = (derived: Derived) => readonly CheckedDerived[];

/** Drafts beyond these are not tried: each costs making all documents again. */
const MAX_TRIES = 4;

const REFUSED: Refusal = {
  refused: 'No change of the values or of the template was found that does this and nothing else.',
};

/** One operation of a fix, on each document that it is about. */
type Step = readonly { readonly document: DerivedDocument; readonly operation: Fix['operations'][number] }[];

/** What a step wants of the documents, and what could be typed for each of its operations. */
interface Wish {
  readonly operations: Map<string, DocumentOperation[]>;
  /** What may become of documents that share text with those. */
  readonly allowed: Map<string, DocumentOperation[]>;
  readonly added: { readonly group: string | undefined; readonly value: AddedDocument }[];
  readonly drafts: Draft[][];
}

/**
 * Plans repairs of derived documents. Operations on a derived document become edits of what people type: of values first, then of the text of
 * templates. Each step is proven: the documents are made again, and must be what the operations say with nothing else changed. So a repair is
 * right or it is not offered.
 */
export class DerivedFixer {
  readonly #derivation: Derivation;
  readonly #recheck: Recheck;
  readonly #start: EditedFiles;

  constructor(derivation: Derivation, derived: Derived, recheck: Recheck) {
    this.#derivation = derivation;
    this.#recheck = recheck;
    this.#start = { texts: new Map(), derived, isTraced: true };
  }

  /** What may be offered for a finding, the recommended one first. Whether one can be done shows when it is planned. */
  offersFor({ occurrences, finding }: DerivedFinding): Offer[] {
    const fixes = finding.fixes.map(
      ({ title, applicability }, fix): Offer => ({ title, applicability, fix, decision: undefined }),
    );
    const [first] = occurrences;
    const decisions = first === undefined ? [] : this.#decisions(first);
    // Where other objects were typed that are derived, too, nobody knows here.
    const isOffered = (offer: Offer) =>
      finding.fixes[offer.fix ?? -1]?.operations.every(({ op }) => op !== 'edit-object');
    return [...decisions, ...fixes.filter(isOffered)];
  }

  /** All of an offer is done, or nothing: then the refusal says why. */
  plan(finding: DerivedFinding, offer: Offer): DerivedPlan | Refusal {
    const done = this.#apply(this.#start, finding, offer);
    if ('refused' in done) return done;
    return { files: editsOf(done, this.#derivation), configuration: configurationOf(finding, offer) };
  }

  /**
   * Repairs as many findings as can be repaired one after the other, each by the first of its offers that can be done.
   *
   * @returns the edits, and how many findings they repair
   */
  planAll(wanted: readonly { finding: DerivedFinding; offers: readonly Offer[] }[]): {
    files: FileEdits[];
    applied: number;
  } {
    let state = this.#start;
    let applied = 0;
    const moved = new Set<string>();
    for (const { finding, offers } of wanted) {
      const documents = finding.occurrences.map(({ checked }) => checked.derived.name);
      // Paths speak of the documents as they were: those in which items have moved wait for the next check.
      if (documents.some((name) => moved.has(name))) continue;
      for (const offer of offers) {
        const next = this.#apply(state, finding, offer);
        if ('refused' in next) continue;
        state = next;
        applied++;
        if (offer.decision !== undefined || movesItems(finding, offer))
          for (const name of documents) moved.add(name);
        break;
      }
    }
    return { files: editsOf(state, this.#derivation), applied };
  }

  #apply(state: EditedFiles, finding: DerivedFinding, offer: Offer): EditedFiles | Refusal {
    if (offer.decision !== undefined) return this.#decide(state, finding, offer.decision);
    const fixes = finding.occurrences.map((occurrence) => ({
      document: occurrence.checked.derived,
      fix: fixOf(occurrence, finding.finding, offer.fix ?? 0),
    }));
    const steps = Math.max(0, ...fixes.map(({ fix }) => fix?.operations.length ?? 0));
    let current = state;
    for (let step = 0; step < steps; step++) {
      const operations = fixes.flatMap(({ document, fix }) => {
        const operation = fix?.operations[step];
        return operation === undefined ? [] : [{ document, operation }];
      });
      const next = this.#step(current, operations);
      if ('refused' in next) return next;
      current = next;
    }
    return current;
  }

  #step(given: EditedFiles, step: Step): EditedFiles | Refusal {
    const state = traced(given, this.#derivation);
    const wish = this.#wishOf(state, step);
    if (wish === undefined) return REFUSED;
    return wish.drafts.length === 0 ? state : (this.#firstProven(state, wish) ?? REFUSED);
  }

  /** Undefined where a document is gone, or nothing here can do what is wanted of it. */
  #wishOf(state: EditedFiles, step: Step): Wish | undefined {
    const drafting = new Drafting(this.#derivation, state);
    const wish: Wish = { operations: new Map(), allowed: new Map(), added: [], drafts: [] };
    for (const { document, operation } of step) {
      if (operation.op === 'edit-configuration') continue;
      const { name } = document;
      const derived = state.derived.documents.find((candidate) => candidate.name === name);
      if (operation.op === 'edit-object' || derived === undefined) return undefined;
      const target = { derived, parsed: parseDocument(derived.document.text) };
      if (operation.op === 'add-document') {
        const group = this.#derivation.groupOf?.(derived);
        if (this.#isThere(operation.value, group, wish, state)) continue;
        wish.added.push({ group, value: operation.value });
        wish.drafts.push(drafting.forDocument(operation, target));
        continue;
      }
      pushTo(wish.operations, name, operation);
      for (const other of this.#derivation.counterpartsOf?.(name) ?? [])
        pushTo(wish.allowed, other, operation);
      wish.drafts.push(drafting.forChange(operation, target));
    }
    return wish.drafts.some((choices) => choices.length === 0) ? undefined : wish;
  }

  /** Several fixes may need the same object, which can be there once. */
  #isThere(value: AddedDocument, group: string | undefined, { added }: Wish, state: EditedFiles): boolean {
    return (
      added.some((other) => other.group === group && this.#isMeant(other.value, value)) ||
      this.#dataIn(state.derived, group).some((data) => this.#isMeant(data, value))
    );
  }

  /** The first choice of drafts that makes the documents what is wanted, and changes nothing else. */
  #firstProven(state: EditedFiles, { operations, allowed, added, drafts }: Wish): EditedFiles | undefined {
    const expectation: Expectation = {
      operations,
      allowed,
      added: added.map(({ value }) => value),
      isMeant: (made, value) => this.#isMeant(made, value),
    };
    const tries = Math.min(MAX_TRIES, Math.max(...drafts.map((choices) => choices.length)));
    for (let attempt = 0; attempt < tries; attempt++) {
      const chosen = drafts.flatMap((choices) => choices[Math.min(attempt, choices.length - 1)] ?? []);
      const next = withDraft(state, chosen, this.#derivation);
      if (next !== undefined && isAsExpected(state.derived, next.derived, expectation)) return next;
    }
    return undefined;
  }

  /** A value that decides about a finding is changed: right when the finding is gone and no other has come. */
  #decide(
    state: EditedFiles,
    { occurrences, finding }: DerivedFinding,
    { origin, value }: NonNullable<Offer['decision']>,
  ): EditedFiles | Refusal {
    const before = this.#recheck(state.derived);
    const known = new Set(before.flatMap(({ findings }) => findings.map(nameOfFinding)));
    for (const draft of new Drafting(this.#derivation, state).drafter.setValue(origin, origin.path, value)) {
      const next = withDraft(state, [draft], this.#derivation);
      if (next === undefined || next.derived.problems.length > state.derived.problems.length) continue;
      const after = this.#recheck(next.derived).flatMap(({ findings }) => findings);
      const gone = new Set(occurrences.map((occurrence) => nameOfFinding(occurrence.finding)));
      const isGone = !after.some((other) => other.rule === finding.rule && gone.has(nameOfFinding(other)));
      if (isGone && after.every((other) => known.has(nameOfFinding(other)))) return next;
    }
    return {
      refused: 'Changing the value that decides about this would not repair it, or break something else.',
    };
  }

  /** Boolean values that decide whether the flagged entry, or the missing one, is written. */
  #decisions({ checked: { derived, inspection }, finding }: Occurrence): Offer[] {
    const { root } = inspection.parsed;
    if (root === undefined) return [];
    const { files, locator } = new Drafting(this.#derivation, this.#start);
    const { value, rest } = deepestAt(root, finding.path);
    const [key] = rest;
    const wanted = key !== undefined;
    const origins =
      typeof key === 'string'
        ? branchesWith(key, value, derived, files, locator).flatMap((branch) => branch.origins)
        : conditionsOfEntry(value, derived).flatMap((condition) =>
            condition.isTrue ? condition.origins : [],
          );
    const seen = new Set<string>();
    return origins.flatMap((origin): Offer[] => {
      const title = `Set ${formatPath(origin.path)} to ${wanted} in ${origin.file}`;
      const typed = files.valueAt(origin.file, origin.path, origin.range?.start);
      if (origin.kind !== 'value' || typed?.boolean !== !wanted || seen.has(title)) return [];
      seen.add(title);
      return [{ title, applicability: 'review', fix: undefined, decision: { origin, value: wanted } }];
    });
  }

  #dataIn({ documents }: Derived, group: string | undefined): unknown[] {
    return documents
      .filter((each) => this.#derivation.groupOf?.(each) === group)
      .map(({ document }) => parseDocument(document.text).root?.toJS());
  }

  #isMeant(made: unknown, value: AddedDocument): boolean {
    return this.#derivation.isMeant?.(made, value) ?? sameData(made, value);
  }
}

function pushTo(map: Map<string, DocumentOperation[]>, name: string, operation: DocumentOperation): void {
  map.set(name, [...(map.get(name) ?? []), operation]);
}

/** The same fix of another occurrence, by its title where that says the same, else by its number. */
function fixOf({ finding }: Occurrence, shown: Finding, index: number): Fix | undefined {
  const title = shown.fixes[index]?.title;
  return finding.fixes.find((fix) => fix.title === title) ?? finding.fixes[index];
}

function configurationOf({ finding }: DerivedFinding, { fix }: Offer): EditConfigurationOperation[] {
  const operations = fix === undefined ? [] : (finding.fixes[fix]?.operations ?? []);
  return operations.filter((operation) => operation.op === 'edit-configuration');
}

function movesItems({ finding }: DerivedFinding, { fix }: Offer): boolean {
  const operations = fix === undefined ? [] : (finding.fixes[fix]?.operations ?? []);
  return operations.some(({ op }) => op !== 'set' && op !== 'replace-text' && op !== 'edit-configuration');
}

function nameOfFinding({ rule, resource, path, messageId }: Finding): string {
  return JSON.stringify([rule, messageId, resource?.kind, resource?.name, formatPath(path)]);
}
