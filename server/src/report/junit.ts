import { Redactor } from './redaction.ts';
import type { CheckedFile, FileFinding, Run } from './run.ts';

/**
 * JUnit XML, which most CI systems show: a suite for every file, a failed case for every finding. A file without findings is one passed
 * case; suppressed findings are skipped cases.
 */
export function junitReport(run: Run): string {
  const all = run.files.flatMap(({ findings }) => findings);
  const tests = run.files.reduce((sum, { findings }) => sum + Math.max(findings.length, 1), 0);
  const attributes = attributesOf({ name: 'kube-safeguards', tests, ...outcomes(all) });
  const suites = run.files.map(suite).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${suites}</testsuites>\n`;
}

function suite(file: CheckedFile): string {
  const redactor = new Redactor(file);
  const { findings, path } = file;
  const attributes = attributesOf({
    name: path,
    tests: Math.max(findings.length, 1),
    ...outcomes(findings),
    errors: 0,
  });
  const cases =
    findings.length === 0
      ? `    <testcase${attributesOf({ classname: path, name: 'no findings' })}/>\n`
      : findings.map((finding) => testCase(path, finding, redactor)).join('');
  return `  <testsuite${attributes}>\n${cases}  </testsuite>\n`;
}

function testCase(path: string, { finding, place }: FileFinding, redactor: Redactor): string {
  const position = `${place.start.line + 1}:${place.start.character + 1}`;
  const name = `${finding.rule} (${position})`;
  const message = redactor.clean(finding.message);
  const outcome =
    finding.suppression === undefined
      ? `<failure${attributesOf({ message, type: finding.severity })}>${escapeXml(`${path}:${position}: ${message}`)}</failure>`
      : `<skipped${attributesOf({ message: redactor.cleanReason(finding.suppression.reason) })}/>`;
  return `    <testcase${attributesOf({ classname: path, name })}>\n      ${outcome}\n    </testcase>\n`;
}

function outcomes(findings: readonly FileFinding[]): { failures: number; skipped: number } {
  const skipped = findings.filter(({ finding }) => finding.suppression !== undefined).length;
  return { failures: findings.length - skipped, skipped };
}

function attributesOf(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these.
      .replace(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')
      .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character)
  );
}
