import type { Resource } from '../kubernetes/resource.ts';
import { isDate } from '../rules/dates.ts';
import { hasReason } from '../rules/rule.ts';
import { LineIndex } from '../syntax/lines.ts';
import type { ParsedDocument } from '../syntax/parse.ts';
import type { Path } from '../syntax/paths.ts';
import { startsWithPath } from '../syntax/paths.ts';
import type { OffsetRange } from '../syntax/ranges.ts';

/** A request in the manifest to leave findings alone, with the reason that an addressable specification asks for. */
export interface Suppression {
  readonly rules: readonly string[];
  readonly reason: string;
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string | undefined;
  readonly reach: 'line' | 'document' | 'file' | 'resource' | 'configuration';
  /** Where it is written, in offsets of its document. */
  readonly range: OffsetRange;
  /** The lines of the document (zero-based) that a suppression of reach `line` covers. */
  readonly lines: readonly number[];
  /** The object that an annotation covers. */
  readonly resourcePath: Path | undefined;
  /** The annotation's value; undefined for comments. */
  readonly annotation: Path | undefined;
  /** Who decided, and when (`YYYY-MM-DD`): of exceptions that stand in the configuration. */
  readonly approval?: { readonly approver: string; readonly date: string };
}

/** The rule that tells of suppressions which do not do what their authors meant. */
export const SUPPRESSION_RULE = 'suppression-invalid';

const MARKER = /^#\s*kube-safeguards-ignore(-document|-file)?(?=[\s:]|$)/;
const ANNOTATION = 'ignore.kube-safeguards.io/';

/** The suppressions written in a document: comments, and annotations of its resources and their pod templates. */
export function suppressionsIn(document: ParsedDocument, resources: readonly Resource[]): Suppression[] {
  return [...fromComments(document), ...resources.flatMap(fromAnnotations)];
}

function fromComments(document: ParsedDocument): Suppression[] {
  const marked = document.comments.filter((comment) => comment.text.includes('kube-safeguards-ignore'));
  if (marked.length === 0) return [];
  const lines = new LineIndex(document.text);
  return marked.flatMap(({ text, range }) => {
    const line = lines.lineAt(range.start);
    const alone = document.text.slice(lines.startOf(line), range.start).trim() === '';
    return suppressionFrom(text, range, alone ? [line + 1] : [line]) ?? [];
  });
}

/**
 * The request that a comment makes; undefined when it makes none.
 *
 * @param comment from its `#` on
 * @param lines that it covers, should it be about lines
 */
export function suppressionFrom(
  comment: string,
  range: OffsetRange,
  lines: readonly number[],
): Suppression | undefined {
  const match = MARKER.exec(comment);
  if (match === null) return undefined;
  return {
    ...readRequest(comment.slice(match[0].length)),
    reach: match[1] === '-file' ? 'file' : match[1] === '-document' ? 'document' : 'line',
    range,
    lines,
    resourcePath: undefined,
    annotation: undefined,
  };
}

/** Reads `rule, rule until 2027-01-31: reason`. */
function readRequest(text: string): Pick<Suppression, 'rules' | 'until' | 'reason'> {
  const colon = text.indexOf(':');
  const head = (colon === -1 ? text : text.slice(0, colon)).split(' until ', 2);
  return {
    rules: (head[0] ?? '')
      .split(',')
      .map((rule) => rule.trim())
      .filter((rule) => rule !== ''),
    until: head[1]?.trim(),
    reason: colon === -1 ? '' : text.slice(colon + 1).trim(),
  };
}

function fromAnnotations(resource: Resource): Suppression[] {
  const template = resource.spec?.at(['template', 'metadata', 'annotations']);
  const maps = [resource.metadata?.get('annotations'), template];
  return maps.flatMap((annotations) =>
    (annotations?.entries ?? [])
      .filter(({ key }) => key.startsWith(ANNOTATION))
      .map(({ key, keyValue, value }) => ({
        rules: [key.slice(ANNOTATION.length)],
        reason: value.text?.trim() ?? '',
        until: undefined,
        reach: 'resource' as const,
        range: keyValue.range,
        lines: [],
        resourcePath: resource.root.path,
        annotation: value.path,
      })),
  );
}

/** Stands where a person has to write why; it is no reason. */
export const REASON_PLACEHOLDER = '<reason>';

/** Whether a suppression counts: it has a reason, more than a `<placeholder>`, and has not expired. `today` is `YYYY-MM-DD`. */
export function isInForce({ reason, until }: Pick<Suppression, 'reason' | 'until'>, today: string): boolean {
  return hasReason(reason) && (until === undefined || (isDate(until) && today <= until));
}

/** Whether a suppression covers a finding of a rule that stands on lines of the document, at a path. */
export function covers(
  suppression: Suppression,
  rule: string,
  lines: readonly number[],
  path: Path,
): boolean {
  if (!suppression.rules.includes(rule)) return false;
  if (suppression.reach === 'line') return lines.some((line) => suppression.lines.includes(line));
  return suppression.resourcePath === undefined || startsWithPath(path, suppression.resourcePath);
}
