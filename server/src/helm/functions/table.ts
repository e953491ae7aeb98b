import type { FunctionTable, TemplateFunction } from '../template/signature.ts';
import { BUILTINS } from './builtins.ts';
import { DATA_FUNCTIONS } from './data.ts';
import { DATE_FUNCTIONS } from './dates.ts';
import { DEFAULT_FUNCTIONS } from './defaults.ts';
import { DICT_FUNCTIONS } from './dicts.ts';
import { GENERATED_FUNCTIONS } from './generated.ts';
import { HASH_FUNCTIONS } from './hashes.ts';
import { HELM_FUNCTIONS } from './helm.ts';
import { LIST_FUNCTIONS } from './lists.ts';
import { NUMBER_FUNCTIONS } from './numbers.ts';
import { REGEX_FUNCTIONS } from './regex.ts';
import { STRING_FUNCTIONS } from './strings.ts';
import { URL_FUNCTIONS } from './urls.ts';
import { VERSION_FUNCTIONS } from './versions.ts';
import { WORD_CASE_FUNCTIONS } from './word-case.ts';

const ALL: readonly TemplateFunction[] = [
  ...BUILTINS,
  ...DEFAULT_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...WORD_CASE_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...DICT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...DATA_FUNCTIONS,
  ...REGEX_FUNCTIONS,
  ...VERSION_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...URL_FUNCTIONS,
  ...HASH_FUNCTIONS,
  ...GENERATED_FUNCTIONS,
  ...HELM_FUNCTIONS,
];

/** Every function that a Helm template can call: those of Go's text/template, of Sprig, and Helm's own. */
export const FUNCTIONS: FunctionTable = new Map(ALL.map((definition) => [definition.name, definition]));
