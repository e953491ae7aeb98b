import { isActive } from '../engine/finding.ts';
import type { Severity } from '../rules/rule.ts';
import { codeFrame } from './code-frame.ts';
import { type Paint, painter, printable, type Style } from './colours.ts';
import { Redactor } from './redaction.ts';
import {
  type CheckedFile,
  countFindings,
  type FileFinding,
  type FilePlace,
  plural,
  type Run,
} from './run.ts';

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
};

/** Findings by file with the flagged lines, and a summary, for people at a terminal. */
export function prettyReport(run: Run, options: { colour: boolean }): string {
  const paint = painter(options.colour);
  const citations = new Map(run.rules.map(({ id, meta }) => [id, meta.references.hipaa]));
  const files = run.files.flatMap((file) => fileSection(file, citations, paint));
  return `${[...files, summary(run, paint)].join('\n')}\n`;
}

function fileSection(
  file: CheckedFile,
  citations: ReadonlyMap<string, readonly string[]>,
  paint: Paint,
): string[] {
  const active = file.findings.filter(({ finding }) => isActive(finding));
  if (active.length === 0) return [];
  const redactor = new Redactor(file);
  const sections = active.flatMap((finding) => [
    ...findingLines(finding, citations.get(finding.finding.rule) ?? [], redactor, paint),
    ...frameLines(file.text, finding.place, redactor, paint),
    ...fixLines(finding, redactor, paint),
    '',
  ]);
  return [paint('underline', printable(file.path)), ...sections];
}

function frameLines(text: string, place: FilePlace, redactor: Redactor, paint: Paint): string[] {
  const hidden = redactor.hiddenOnLine(text, place.range.start);
  return codeFrame(text, place, hidden, paint).map((line) => `    ${line}`);
}

function findingLines(
  { finding, place, related }: FileFinding,
  citations: readonly string[],
  redactor: Redactor,
  paint: Paint,
): string[] {
  const position = `${place.start.line + 1}:${place.start.character + 1}`;
  const severity = paint(SEVERITY_STYLES[finding.severity], finding.severity);
  const law = citations.length > 0 ? paint('dim', ` 45 CFR ${citations.join(', ')}`) : '';
  const say = (text: string) => printable(redactor.clean(text));
  return [
    `  ${position} ${severity} ${paint('bold', finding.rule)}${law}`,
    `    ${say(finding.message)}`,
    ...related.map(({ file, place: { start }, message }) =>
      paint(
        'dim',
        `    ${file === undefined ? 'line ' : `${printable(file)}:`}${start.line + 1}: ${say(message)}`,
      ),
    ),
  ];
}

function fixLines({ finding }: FileFinding, redactor: Redactor, paint: Paint): string[] {
  return finding.fixes.map(({ title, applicability }) => {
    const option = applicability === 'safe' ? '--fix' : 'review';
    return paint('green', `    fix: ${printable(redactor.clean(title))} (${option})`);
  });
}

function summary({ files, fixed }: Run, paint: Paint): string {
  const repaired =
    fixed === undefined
      ? ''
      : `${plural(fixed.fixes, 'fix', 'fixes')} applied in ${plural(fixed.files, 'file')}.\n`;
  const counts = countFindings(files);
  const suppressed = counts.suppressed > 0 ? ` ${plural(counts.suppressed, 'finding')} suppressed.` : '';
  if (counts.error + counts.warning + counts.information === 0) {
    return repaired + paint('green', `No findings in ${plural(files.length, 'file')}.`) + suppressed;
  }
  const parts = [
    paint('red', plural(counts.error, 'error')),
    paint('yellow', plural(counts.warning, 'warning')),
    paint('blue', `${counts.information} information`),
  ];
  const affected = files.filter((file) => file.findings.some(({ finding }) => isActive(finding)));
  const where = `in ${affected.length} of ${plural(files.length, 'file')}.`;
  return `${repaired}${parts.join(', ')} ${where}${suppressed}${fixSummary(files)}`;
}

/** How many findings the first fix of each repairs. */
function fixSummary(files: readonly CheckedFile[]): string {
  const fixable = files
    .flatMap((file) => file.findings)
    .filter(({ finding }) => isActive(finding) && finding.fixes.length > 0);
  if (fixable.length === 0) return '';
  const isSafe = ({ finding }: FileFinding) => finding.fixes.some((fix) => fix.applicability === 'safe');
  const safe = fixable.filter(isSafe).length;
  return `\n${safe} can be fixed with --fix, ${fixable.length} with --fix=all.`;
}
