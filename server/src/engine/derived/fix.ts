import type {
  AddDocumentOperation,
  Applicability,
  EditConfigurationOperation,
  Fix,
} from '../../rules/rule.ts';
import { sameData } from '../../syntax/edit/expectation.ts';
import { layoutOf } from '../../syntax/edit/layout.ts';
import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import { renderBlock } from '../../syntax/edit/render.ts';
import { type ParsedDocument, parseDocument } from '../../syntax/parse.ts';
import { formatPath } from '../../syntax/paths.ts';
import { PieceText } from '../../syntax/piece-text.ts';
import type { TextEdit } from '../../syntax/ranges.ts';
import type { Finding } from '../finding.ts';
import type { Refusal } from '../planner.ts';
import { Drafter } from './drafts.ts';
import type { CheckedDerived, DerivedFinding, Occurrence } from './finding.ts';
import { branchesWith, conditionsOfEntry, deepestAt, Locator } from './locate.ts';
import { type Expectation, isAsExpected } from './proof.ts';
import { namedAsTyped, RELEASE_WORDS } from './release-names.ts';
import type { AddedDocument, Derivation, Derived, DerivedDocument, Origin } from './source-map.ts';
import { type FileEdits, TypedEdits } from './typed-edits.ts';
import { TypedFiles } from './typed-files.ts';

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

/** A guess, which may be edits of several files. */
type Draft = readonly FileEdits[];

/** Files under edits, and the documents that they give. */
interface State {
  readonly texts: ReadonlyMap<string, PieceText>;
  readonly derived: Derived;
  /** Whether the documents know where they come from: those that only prove something do not. */
  readonly isTraced: boolean;
}

/**
 * Plans repairs of derived documents. Operations on a derived document become edits of what people type: of values first, then of the text of
 * templates. Each step is proven: the documents are made again, and must be what the operations say with nothing else changed. So a repair is
 * right or it is not offered.
 */
export class DerivedFixer {
  readonly #derivation: Derivation;
  readonly #recheck: Recheck;
  readonly #start: State;

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
    return { files: editsOf(done.texts, this.#derivation), configuration: configurationOf(finding, offer) };
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
    return { files: editsOf(state.texts, this.#derivation), applied };
  }

  #apply(state: State, finding: DerivedFinding, offer: Offer): State | Refusal {
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

  #step(
    given: State,
    operations: readonly { document: DerivedDocument; operation: Fix['operations'][number] }[],
  ): State | Refusal {
    const state = this.#traced(given);
    const tools = this.#tools(state);
    const byDocument = new Map<string, DocumentOperation[]>();
    const allowed = new Map<string, DocumentOperation[]>();
    const added: { readonly group: string | undefined; readonly value: AddedDocument }[] = [];
    const drafts: Draft[][] = [];
    for (const { document, operation } of operations) {
      if (operation.op === 'edit-configuration') continue;
      if (operation.op === 'edit-object') return REFUSED;
      const { name } = document;
      const derived = state.derived.documents.find((candidate) => candidate.name === name);
      if (derived === undefined) return REFUSED;
      const target = { derived, parsed: parseDocument(derived.document.text) };
      if (operation.op === 'add-document') {
        // Several fixes may need the same object, which can be there once.
        const group = this.#derivation.groupOf?.(derived);
        const isThere =
          added.some((other) => other.group === group && this.#isMeant(other.value, operation.value)) ||
          this.#dataIn(state.derived, group).some((data) => this.#isMeant(data, operation.value));
        if (isThere) continue;
        added.push({ group, value: operation.value });
        drafts.push(tools.draftDocument(operation, target));
        continue;
      }
      const known = byDocument.get(name) ?? [];
      known.push(operation);
      byDocument.set(name, known);
      for (const other of this.#derivation.counterpartsOf?.(name) ?? [])
        allowed.set(other, [...(allowed.get(other) ?? []), operation]);
      const typed = tools.drafter.draftsFor(operation, target);
      drafts.push(typed.flatMap((draft) => tools.named(draft, target).map((each) => [each])));
    }
    if (drafts.length === 0) return state;
    if (drafts.some((choices) => choices.length === 0)) return REFUSED;
    const tries = Math.min(MAX_TRIES, Math.max(...drafts.map((choices) => choices.length)));
    for (let attempt = 0; attempt < tries; attempt++) {
      const chosen = drafts.flatMap((choices) => choices[Math.min(attempt, choices.length - 1)] ?? []);
      const next = this.#with(state, chosen);
      const isMeant: Expectation['isMeant'] = (made, value) => this.#isMeant(made, value);
      const values = added.map(({ value }) => value);
      const expectation: Expectation = { operations: byDocument, allowed, added: values, isMeant };
      if (next !== undefined && isAsExpected(state.derived, next.derived, expectation)) return next;
    }
    return REFUSED;
  }

  /** A value that decides about a finding is changed: right when the finding is gone and no other has come. */
  #decide(
    state: State,
    { occurrences, finding }: DerivedFinding,
    { origin, value }: NonNullable<Offer['decision']>,
  ): State | Refusal {
    const before = this.#recheck(state.derived);
    const known = new Set(before.flatMap(({ findings }) => findings.map(nameOfFinding)));
    for (const draft of this.#tools(state).drafter.setValue(origin, origin.path, value)) {
      const next = this.#with(state, [draft]);
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
    const { files, locator } = this.#tools(this.#start);
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

  #tools(state: State) {
    const files = new TypedFiles((file) => state.texts.get(file)?.text ?? this.#derivation.textOf(file));
    const locator = new Locator(this.#derivation, files);
    const drafter = new Drafter(this.#derivation, files, locator, new TypedEdits(this.#derivation, files));
    const named = (
      draft: FileEdits,
      target: { derived: DerivedDocument; parsed: ParsedDocument },
    ): FileEdits[] => {
      if (!draft.edits.some(({ newText }) => RELEASE_WORDS.test(newText))) return [draft];
      if (draft.file.endsWith('values.yaml')) return [];
      const edits = draft.edits.map((edit) => ({
        ...edit,
        newText: namedAsTyped(edit.newText, target, locator, files),
      }));
      return edits.some(({ newText }) => RELEASE_WORDS.test(newText)) ? [] : [{ ...draft, edits }];
    };
    const draftDocument = (
      operation: AddDocumentOperation,
      target: { derived: DerivedDocument; parsed: ParsedDocument },
    ) => {
      const { name, file, map } = target.derived;
      // Behind a condition that holds for the whole file, the new document would be there without it.
      if (map.conditionsAt(0).length > 0) return [];
      const beside = this.#derivation.filesBeside?.(name).slice(0, 1) ?? [];
      const typed = this.#derivation.asTyped?.(operation.value, name) ?? [operation.value];
      const comment =
        operation.comment === undefined ? '' : `# ${operation.comment.replaceAll('\n', '\n# ')}\n`;
      const draftsIn = (place: string, text: string, more: readonly FileEdits[]): Draft[] => {
        const end = { start: text.length, end: text.length };
        const head = text === '' ? '' : text.endsWith('\n') ? '---\n' : '\n---\n';
        return typed.flatMap((value) => {
          const newText = `${head}${comment}${renderBlock(value, 0, layoutOf(target.parsed))}\n`;
          const edits = [{ range: end, newText }];
          return named({ file: place, edits }, target).map((draft) => [draft, ...more]);
        });
      };
      const inFiles = [file, ...beside].flatMap((place) => {
        const text = files.text(place);
        return text === undefined || !this.#derivation.isOwn(place) ? [] : draftsIn(place, text, []);
      });
      const textOf = (each: string) => files.text(each);
      const made = beside.length > 0 ? undefined : this.#derivation.newFileFor?.(name, textOf);
      return made === undefined
        ? inFiles
        : [...inFiles, ...draftsIn(made.file, textOf(made.file) ?? '', made.mentions)];
    };
    return { files, locator, drafter, named, draftDocument };
  }

  #traced(state: State): State {
    if (state.isTraced) return state;
    return { ...state, derived: this.#derivation.derive(textsOf(state.texts)), isTraced: true };
  }

  #dataIn({ documents }: Derived, group: string | undefined): unknown[] {
    return documents
      .filter((each) => this.#derivation.groupOf?.(each) === group)
      .map(({ document }) => parseDocument(document.text).root?.toJS());
  }

  #isMeant(made: unknown, value: AddedDocument): boolean {
    return this.#derivation.isMeant?.(made, value) ?? sameData(made, value);
  }

  /** Undefined when the drafts get in each other's way. */
  #with(state: State, drafts: Draft): State | undefined {
    const byFile = new Map<string, TextEdit[]>();
    const seen = new Set<string>();
    for (const { file, edits } of drafts) {
      for (const edit of edits) {
        const key = JSON.stringify([file, edit]);
        if (seen.has(key)) continue;
        seen.add(key);
        byFile.set(file, [...(byFile.get(file) ?? []), edit]);
      }
    }
    const texts = new Map(state.texts);
    for (const [file, edits] of byFile) {
      if (!standApart(edits)) return undefined;
      // A file that is not there is made.
      const before = state.texts.get(file)?.text ?? this.#derivation.textOf(file) ?? '';
      const pieces = copyOf(state.texts.get(file), before);
      pieces.apply(edits);
      texts.set(file, pieces);
    }
    return { texts, derived: this.#derivation.derive(textsOf(texts), false), isTraced: false };
  }
}

function textsOf(texts: State['texts']): Map<string, string> {
  return new Map([...texts].map(([file, { text }]) => [file, text]));
}

function copyOf(pieces: PieceText | undefined, text: string): PieceText {
  return pieces === undefined ? new PieceText(text) : pieces.copy();
}

function standApart(edits: readonly TextEdit[]): boolean {
  const ordered = edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return ordered.every(({ range }, index) => {
    const next = ordered[index + 1]?.range;
    return (
      next === undefined || range.end < next.start || (range.end === next.start && range.start < range.end)
    );
  });
}

function editsOf(texts: State['texts'], derivation: Derivation): FileEdits[] {
  return [...texts].flatMap(([file, { edits }]) => {
    if (edits.length === 0) return [];
    return [{ file, edits, ...(derivation.textOf(file) === undefined && { isNew: true }) }];
  });
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
