import type { ConfiguredException } from '../../engine/exceptions.ts';
import type { Suppression } from '../../engine/suppressions.ts';
import { isDate } from '../../rules/dates.ts';
import { hasReason } from '../../rules/rule.ts';
import type { BusinessAssociate } from '../../rules/settings.ts';
import { Redactor, withoutDetections } from '../redaction.ts';
import type { CheckedFile } from '../run.ts';
import type { ConfigurationInForce } from './collect.ts';
import type { ExceptionRecord } from './model.ts';
import type { Observation } from './observation.ts';

/** The exceptions of the configuration, also those that have ended. */
export function exceptionsIn(
  configurations: readonly ConfigurationInForce[],
  files: readonly CheckedFile[],
  today: string,
): ExceptionRecord[] {
  const covered = files.flatMap(({ findings }) =>
    findings.flatMap(({ finding }) => finding.suppression ?? []),
  );
  return eachOnce(configurations).flatMap(({ configuration, file = '' }) =>
    configuration.exceptions.map((exception) => ({
      rules: [exception.rule],
      scope: scopeOf(exception),
      reason: withoutDetections(exception.reason),
      approver: exception.approver,
      date: exception.date,
      until: exception.until,
      isInForce: hasReason(exception.reason) && !isPast(exception.until, today),
      findings: covered.filter((suppression) => isMadeFrom(suppression, exception)).length,
      place: { file },
    })),
  );
}

function isMadeFrom(
  { rules, reason, until, approval }: Suppression,
  exception: ConfiguredException,
): boolean {
  return (
    approval?.approver === exception.approver &&
    approval.date === exception.date &&
    reason === exception.reason &&
    until === exception.until &&
    rules.includes(exception.rule)
  );
}

function scopeOf({ resource, path }: ConfiguredException): string {
  const { kind, name, namespace } = resource ?? {};
  const parts = [
    kind === undefined ? '' : `kind ${kind}`,
    name === undefined ? '' : `name ${name}`,
    namespace === undefined ? '' : `namespace ${namespace}`,
    path === undefined ? '' : `path ${path}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'everywhere' : parts.join(', ');
}

/** The suppressions that are written in the manifests, and cover something. */
export function suppressionRecords(files: readonly CheckedFile[]): ExceptionRecord[] {
  return files.flatMap((file) => {
    const own = new Map<Suppression, ExceptionRecord>();
    const redactor = new Redactor(file);
    for (const { finding, place } of file.findings) {
      const { suppression } = finding;
      if (suppression === undefined || suppression.reach === 'configuration') continue;
      const known = own.get(suppression);
      own.set(suppression, {
        rules: suppression.rules,
        scope: REACH_WORDS[suppression.reach],
        reason: redactor.cleanReason(suppression.reason),
        approver: undefined,
        date: undefined,
        until: suppression.until,
        isInForce: true,
        findings: (known?.findings ?? 0) + 1,
        place: known?.place ?? { file: file.path, line: place.start.line + 1 },
      });
    }
    return [...own.values()];
  });
}

const REACH_WORDS: Readonly<Record<Exclude<Suppression['reach'], 'configuration'>, string>> = {
  line: 'the line',
  document: 'the document',
  file: 'the file',
  resource: 'the object',
};

/** What the list of business associates shows. */
export function associatesIn(configurations: readonly ConfigurationInForce[], today: string): Observation[] {
  return eachOnce(configurations).flatMap(({ configuration, file = '' }) =>
    (configuration.settings.businessAssociates ?? []).map((associate) => ({
      aspect: 'agreements',
      namespace: undefined,
      shown: isInForce(associate, today),
      text: describeAgreement(associate),
      place: { file },
    })),
  );
}

function isInForce({ baa }: BusinessAssociate, today: string): boolean {
  return baa?.evidence !== undefined && baa.evidence !== '' && !isPast(baa.expires, today);
}

function describeAgreement({ name, baa }: BusinessAssociate): string {
  if (baa?.evidence === undefined || baa.evidence === '')
    return `No document shows an agreement with ${name}.`;
  const signed = baa.signed === undefined ? '' : `, signed ${baa.signed}`;
  const expires = baa.expires === undefined ? '' : `, until ${baa.expires}`;
  return `Agreement with ${name}${signed}${expires}: ${baa.evidence}.`;
}

function isPast(date: string | undefined, today: string): boolean {
  return date !== undefined && (!isDate(date) || date < today);
}

/** Settings of the editor make several configurations of one file. */
function eachOnce(configurations: readonly ConfigurationInForce[]): ConfigurationInForce[] {
  const byFile = new Map<string | undefined, ConfigurationInForce>();
  for (const one of configurations) if (!byFile.has(one.file)) byFile.set(one.file, one);
  return [...byFile.values()];
}
