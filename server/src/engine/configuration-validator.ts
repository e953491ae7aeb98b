import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isDate } from '../rules/dates.ts';
import { CONFIGURATION_SCHEMA } from './configuration-schema.ts';

let compiled: ValidateFunction | undefined;

/**
 * Validates configuration data against its schema; every error, none when it is valid. A module of its own, so that the validator is only
 * loaded where there is a configuration to be validated.
 */
export function validateConfiguration(data: unknown): readonly ErrorObject[] {
  if (compiled === undefined) {
    const ajv = new Ajv({ allErrors: true });
    ajv.addVocabulary(['enumDescriptions', 'patternErrorMessage']);
    ajv.addFormat('date', isDate);
    compiled = ajv.compile(CONFIGURATION_SCHEMA);
  }
  return compiled(data) ? [] : (compiled.errors ?? []);
}
