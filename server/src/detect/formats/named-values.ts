import type { Field, FieldRecord } from '../fields.ts';

const NAMES = new Set([
  'name',
  'key',
  'Name',
  'Key',
  'field',
  'property',
  'param',
  'parameter',
  'attribute',
  'column',
  'variable',
  'header',
]);
const VALUES = new Set(['value', 'Value', 'val', 'defaultValue', 'default_value', 'content', 'text']);

/**
 * `{"name": "PATIENT_SSN", "value": "..."}`: in such a pair the name is the key of the value, as in the environment of a container or the
 * properties of a bean.
 */
export function withNamedValues(record: FieldRecord): FieldRecord {
  if (record.fields.length < 2 || record.fields.length > 8 || record.nature === 'row') return record;
  const name = record.fields.find((field) => NAMES.has(field.keys.at(-1) ?? ''));
  if (name === undefined || !/^[\w.:/-]{2,100}$/.test(name.text)) return record;
  const valueAt = record.fields.findIndex((field) => VALUES.has(field.keys.at(-1) ?? ''));
  const value = record.fields[valueAt];
  if (value === undefined) return record;
  const renamed: Field = { ...value, keys: [...value.keys.slice(0, -1), name.text] };
  const fields = record.fields.map((field) => (field === value ? renamed : field));
  return { ...record, fields };
}
