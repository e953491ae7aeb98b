/**
 * Leaves out of what is shown the findings that the YAML extension tells of the same line: errors of syntax, and what does not fit a schema. It knows other
 * releases of Kubernetes and no unknown fields, so what it does not tell is still told.
 */

import {
  type Diagnostic,
  type DiagnosticCollection,
  type Disposable,
  languages,
  type Uri,
  workspace,
} from 'vscode';
import type { DiagnosticCollectionProvider } from 'vscode-languageclient';
import { DIAGNOSTIC_SOURCE, SETTINGS_SECTION } from '../../../server/src/features/protocol.ts';

/** As the YAML extension signs what it says: `YAML` for syntax, `yaml-schema: NAME` for schemas. */
const YAML_SOURCE = /^yaml(?:-schema\b|$)/i;
const TOLD_BY_OTHERS: ReadonlySet<unknown> = new Set(['yaml-syntax', 'kubernetes-schema']);

export const findingsToldOnce: DiagnosticCollectionProvider = {
  create: (name) => new ToldOnce(languages.createDiagnosticCollection(name)),
  dispose: (collection) => collection.dispose(),
};

/** A collection that keeps what it was given, and shows of that what nobody else tells. */
class ToldOnce implements DiagnosticCollection {
  readonly #shown: DiagnosticCollection;
  /** All diagnostics of files in which some may be told by others, by URI. */
  readonly #given = new Map<string, readonly Diagnostic[]>();
  readonly #changes: Disposable;

  constructor(shown: DiagnosticCollection) {
    this.#shown = shown;
    this.#changes = languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) this.#lookAgain(uri);
    });
  }

  get name(): string {
    return this.#shown.name;
  }

  set(uri: Uri, diagnostics: readonly Diagnostic[] | undefined): void;
  set(entries: readonly [Uri, readonly Diagnostic[] | undefined][]): void;
  set(
    given: Uri | readonly [Uri, readonly Diagnostic[] | undefined][],
    diagnostics?: readonly Diagnostic[],
  ): void {
    const entries = Array.isArray(given) ? given : [[given, diagnostics] as const];
    for (const [uri, all] of entries) this.#set(uri, all);
  }

  delete(uri: Uri): void {
    this.#given.delete(uri.toString());
    this.#shown.delete(uri);
  }

  clear(): void {
    this.#given.clear();
    this.#shown.clear();
  }

  dispose(): void {
    this.#changes.dispose();
    this.#given.clear();
    this.#shown.dispose();
  }

  forEach(
    callback: (uri: Uri, diagnostics: readonly Diagnostic[], collection: DiagnosticCollection) => unknown,
  ): void {
    for (const [uri, diagnostics] of this.#shown) callback(uri, diagnostics, this);
  }

  get(uri: Uri): readonly Diagnostic[] | undefined {
    return this.#shown.get(uri);
  }

  has(uri: Uri): boolean {
    return this.#shown.has(uri);
  }

  [Symbol.iterator](): Iterator<[Uri, readonly Diagnostic[]]> {
    return this.#shown[Symbol.iterator]();
  }

  #set(uri: Uri, all: readonly Diagnostic[] | undefined): void {
    if (all?.some(mayBeTold)) this.#given.set(uri.toString(), all);
    else this.#given.delete(uri.toString());
    this.#shown.set(uri, all && toldByNobody(uri, all));
  }

  #lookAgain(uri: Uri): void {
    const all = this.#given.get(uri.toString());
    if (all === undefined) return;
    const wanted = toldByNobody(uri, all);
    if (wanted.length !== this.#shown.get(uri)?.length) this.#shown.set(uri, wanted);
  }
}

function toldByNobody(uri: Uri, all: readonly Diagnostic[]): readonly Diagnostic[] {
  const others = languages.getDiagnostics(uri).filter(({ source }) => YAML_SOURCE.test(source ?? ''));
  if (others.length === 0) return all;
  const lines = new Set(others.map(({ range }) => range.start.line));
  const asked: object = workspace.getConfiguration(SETTINGS_SECTION, uri).get('rules', {});
  return all.filter((finding) => {
    return !mayBeTold(finding) || !lines.has(finding.range.start.line) || ruleOf(finding) in asked;
  });
}

function mayBeTold(finding: Diagnostic): boolean {
  return finding.source === DIAGNOSTIC_SOURCE && TOLD_BY_OTHERS.has(ruleOf(finding));
}

function ruleOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
