import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { type Finding, isActive } from '../engine/finding.ts';
import type { RelatedObject, Severity } from '../rules/rule.ts';
import type { PlacedDocument } from '../syntax/documents.ts';
import type {
  CheckedDocument,
  CheckedFile,
  DocumentResult,
  ElsewherePlace,
} from '../workspace/file-checker.ts';
import type { NamePlace } from '../workspace/names.ts';
import { DIAGNOSTIC_SOURCE } from './protocol.ts';
import { toRange } from './to-lsp.ts';

/** No file shows more; sending and showing them is most of a keystroke's cost. */
const MAX_DIAGNOSTICS = 1000;

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

export interface DiagnosticsOptions {
  readonly relatedInformation: boolean;
  /** Where the link of a rule leads. */
  pageOf(rule: string): string;
  /** Where an object is declared that a finding of a file speaks of; undefined where that is not known. */
  placeOf(uri: string, object: RelatedObject): NamePlace | undefined;
}

interface KnownDiagnostics {
  readonly startLine: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Converts the findings of files to diagnostics, once a document and place. */
export class DiagnosticsConverter {
  readonly #options: DiagnosticsOptions;
  readonly #known = new WeakMap<DocumentResult, KnownDiagnostics>();

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
  }

  /** Where the link of a rule leads. */
  pageOf(rule: string): string {
    return this.#options.pageOf(rule);
  }

  of(file: CheckedFile): Diagnostic[] {
    return capped(file.documents.flatMap((document) => this.ofDocument(file.uri, document)));
  }

  /** The same list as long as the document stands where it stood and has the same result, unless findings speak of other objects. */
  ofDocument(uri: string, { placed, result }: CheckedDocument): readonly Diagnostic[] {
    if (result.findings.length === 0 && result.failures.length === 0) return NONE;
    const known = this.#known.get(result);
    if (known?.startLine === placed.startLine) return this.#withObjects(uri, result, known.diagnostics);
    const diagnostics =
      known === undefined
        ? this.#convert(uri, placed, result)
        : known.diagnostics.map((diagnostic) => shifted(uri, diagnostic, placed.startLine - known.startLine));
    this.#known.set(result, { startLine: placed.startLine, diagnostics });
    return this.#withObjects(uri, result, diagnostics);
  }

  /** Objects of other files move without this document: where they are is looked up each time. */
  #withObjects(uri: string, result: DocumentResult, own: readonly Diagnostic[]): readonly Diagnostic[] {
    if (!this.#options.relatedInformation || !speaksOfOthers(result)) return own;
    const active = result.findings.filter(isActive);
    return own.map((diagnostic, index) => {
      const objects = active[index]?.relatedObjects ?? [];
      const places = objects.flatMap((object) => {
        const place = this.#options.placeOf(uri, object);
        if (place === undefined) return [];
        const { start, end } = place;
        return [{ location: { uri: place.uri, range: { start, end } }, message: object.message }];
      });
      if (places.length === 0) return diagnostic;
      return { ...diagnostic, relatedInformation: [...(diagnostic.relatedInformation ?? []), ...places] };
    });
  }

  #convert(uri: string, placed: PlacedDocument, result: DocumentResult): Diagnostic[] {
    const failures = result.failures.map((name) => failureDiagnostic(name, placed));
    return [
      ...result.findings
        .filter(isActive)
        .map((finding) => this.#ofFinding(uri, placed, finding, result.elsewhere?.get(finding) ?? [])),
      ...failures,
    ];
  }

  #ofFinding(
    uri: string,
    placed: PlacedDocument,
    finding: Finding,
    elsewhere: readonly ElsewherePlace[],
  ): Diagnostic {
    const diagnostic: Diagnostic = {
      range: toRange(placed, finding.range),
      severity: SEVERITIES[finding.severity],
      code: finding.rule,
      codeDescription: { href: this.pageOf(finding.rule) },
      source: DIAGNOSTIC_SOURCE,
      message: finding.message,
    };
    const related = [
      ...finding.related.map(({ range, message }) => ({
        location: { uri, range: toRange(placed, range) },
        message,
      })),
      ...elsewhere.map(({ uri: other, start, end, message }) => ({
        location: { uri: other, range: { start, end } },
        message,
      })),
    ];
    if (this.#options.relatedInformation && related.length > 0) diagnostic.relatedInformation = related;
    return diagnostic;
  }
}

/** Whether findings are explained by other objects, whose places change without the document. */
export function speaksOfOthers({ findings }: DocumentResult): boolean {
  return findings.some(({ relatedObjects }) => relatedObjects !== undefined);
}

const NONE: readonly Diagnostic[] = [];

function shifted(uri: string, diagnostic: Diagnostic, lines: number): Diagnostic {
  const move = ({ start, end }: Diagnostic['range']) => ({
    start: { line: start.line + lines, character: start.character },
    end: { line: end.line + lines, character: end.character },
  });
  const moved = { ...diagnostic, range: move(diagnostic.range) };
  if (diagnostic.relatedInformation !== undefined) {
    moved.relatedInformation = diagnostic.relatedInformation.map(({ location, message }) => ({
      location: location.uri === uri ? { uri, range: move(location.range) } : location,
      message,
    }));
  }
  return moved;
}

function failureDiagnostic(name: string, placed: PlacedDocument): Diagnostic {
  const what = name === 'document' ? 'This document could not be checked' : `The rule "${name}" failed here`;
  return noteAt(
    placed.startLine,
    'check-failed',
    `${what}; everything else goes on. The log has the details.`,
  );
}

/** A remark of the tool itself, which stands on a line and is no finding. */
export function noteAt(line: number, code: string, message: string): Diagnostic {
  return {
    range: { start: { line, character: 0 }, end: { line, character: 0 } },
    severity: DiagnosticSeverity.Information,
    code,
    source: DIAGNOSTIC_SOURCE,
    message,
  };
}

/** The gravest of too many, in their order, and a note that there are more. */
export function capped(diagnostics: Diagnostic[]): Diagnostic[] {
  if (diagnostics.length <= MAX_DIAGNOSTICS) return diagnostics;
  const gravest = diagnostics
    .toSorted((a, b) => (a.severity ?? 1) - (b.severity ?? 1))
    .slice(0, MAX_DIAGNOSTICS - 1);
  const kept = new Set(gravest);
  const message = `Only ${gravest.length} of ${diagnostics.length} findings of this file are shown.`;
  return [
    noteAt(0, 'too-many-findings', message),
    ...diagnostics.filter((diagnostic) => kept.has(diagnostic)),
  ];
}
