import { type Notation, UNIT_SECONDS } from '../../analysis/log-retention/periods.ts';
import { RETENTION_DAYS } from '../../analysis/retention.ts';
import { AUDIT, PHI } from '../../rules/audit-controls/log-retention-too-short.ts';
import { anyOf, celTest } from '../cel.ts';
import { LABELLED_PHI } from '../scope.ts';
import type { Variable } from './check.ts';

const listOf = (field: string) => `(has(${field}) ? [${field}] : [])`;
export const NAME_AND_LABELS = `${listOf('object.metadata.name')} + (has(object.metadata.labels) ? object.metadata.labels.map(k, object.metadata.labels[k]) : [])`;
/** What an object and its namespace are called. */
export const NAMES: Variable = {
  name: 'names',
  expression: `${NAME_AND_LABELS} + ${listOf('object.metadata.namespace')}`,
};

/** Whether a name is that of an audit log, or of something with PHI. */
export const isKept = (name: string) => anyOf(celTest(name, AUDIT), celTest(name, PHI));
export const IS_KEPT = anyOf(LABELLED_PHI, `variables.names.exists(n, ${isKept('n')})`);

/** In milliseconds, of one unit each: what is put together of several is let in. */
const DAY = 86_400_000;
const UNITS = `{'s': 1000, 'm': 60000, 'h': 3600000, 'd': ${DAY}, 'w': ${7 * DAY}, 'y': ${365 * DAY}}`;
/** Whether a text is a period of less than six years. */
export function isShort(value: string, notation: Notation): string {
  const unit = (UNIT_SECONDS[notation] ?? 0) * 1000;
  const number = `int(${value}.find('^[0-9]+'))`;
  const bare =
    unit === 0 ? '0' : `${value}.matches('^[0-9]{1,${unit === 1 ? 15 : 9}}$') ? ${number} * ${unit} : 0`;
  return `[${value}.matches('^[0-9]{1,7}[smhdwy]$') ? ${number} * ${UNITS}[${value}.find('.$')] : ${bare}].exists(m, m > 0 && m < ${RETENTION_DAYS * DAY})`;
}
