import { parseArgs } from 'node:util';
import { REPORT_FORMATS, type ReportFormat } from '../report/formats.ts';
import type { Severity } from '../rules/rule.ts';
import { nearestName } from '../syntax/nearest-name.ts';

export const RULES_FORMATS = ['pretty', 'json', 'md'] as const;
export type RulesFormat = (typeof RULES_FORMATS)[number];

const FAIL_LIMITS = ['error', 'warning', 'information', 'never'] as const;
const FIX_SELECTIONS = ['safe', 'all'] as const;

export interface CheckArguments {
  readonly command: 'check';
  /** Files, folders, or `-` for standard input. */
  readonly paths: readonly string[];
  readonly format: ReportFormat;
  /** The configuration file; the nearest one upward when absent. */
  readonly config: string | undefined;
  readonly isolated: boolean;
  readonly kubeVersion: string | undefined;
  readonly failOn: Severity | 'never';
  readonly fix: 'safe' | 'all' | undefined;
  /** Where the report goes; standard output when absent. */
  readonly output: string | undefined;
}

export type Arguments =
  | CheckArguments
  | { readonly command: 'rules'; readonly format: RulesFormat }
  | { readonly command: 'explain'; readonly rule: string }
  | { readonly command: 'help'; readonly of: string | undefined }
  | { readonly command: 'version' };

/** A command line that says nothing that can be done. The message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface OptionForm {
  /** `optional`: counts as given without a value, and takes one only behind `=`. */
  readonly value: 'none' | 'needed' | 'optional';
  readonly short?: string;
}

const COMMON_OPTIONS: Readonly<Record<string, OptionForm>> = {
  help: { value: 'none', short: 'h' },
  version: { value: 'none', short: 'v' },
};

const COMMANDS: Readonly<Record<string, Readonly<Record<string, OptionForm>>>> = {
  check: {
    format: { value: 'needed' },
    config: { value: 'needed' },
    isolated: { value: 'none' },
    'kube-version': { value: 'needed' },
    'fail-on': { value: 'needed' },
    fix: { value: 'optional' },
    output: { value: 'needed', short: 'o' },
  },
  rules: { format: { value: 'needed' } },
  explain: {},
  help: {},
};

const COMMAND_NAMES = Object.keys(COMMANDS);

/**
 * Reads a command line, without the program's own name.
 *
 * @throws {UsageError}
 */
export function readArguments(args: readonly string[]): Arguments {
  const [first, ...rest] = args;
  if (first === undefined) throw new UsageError(`No command given: ${COMMAND_NAMES.join(', ')}.`);
  if (first.startsWith('-')) return withoutCommand(args);
  const { options, positionals } = readOptions(rest, COMMANDS[first] ?? {}, first in COMMANDS);
  if (options.has('version')) return { command: 'version' };
  if (options.has('help')) return { command: 'help', of: first };
  switch (first) {
    case 'check':
      return checkArguments(options, positionals);
    case 'rules':
      if (positionals.length > 0) throw new UsageError('rules takes no arguments.');
      return { command: first, format: choice(options, 'format', RULES_FORMATS) ?? 'pretty' };
    case 'explain': {
      const [rule, ...others] = positionals;
      if (rule === undefined || others.length > 0) throw new UsageError('explain takes the id of one rule.');
      return { command: first, rule };
    }
    case 'help':
      return { command: first, of: positionals[0] };
    default:
      throw new UsageError(`Unknown command "${first}".${suggestion(first, COMMAND_NAMES)}`);
  }
}

function withoutCommand(args: readonly string[]): Arguments {
  const { options } = readOptions(args, {}, true);
  if (options.has('version')) return { command: 'version' };
  if (options.has('help')) return { command: 'help', of: undefined };
  throw new UsageError(`No command given: ${COMMAND_NAMES.join(', ')}.`);
}

function checkArguments(options: Options, paths: readonly string[]): CheckArguments {
  const kubeVersion = options.get('kube-version');
  if (kubeVersion !== undefined && !/^v?1\.\d+(?:\.\d+)?$/.test(kubeVersion)) {
    throw new UsageError('--kube-version takes a version such as 1.36.');
  }
  return {
    command: 'check',
    paths: paths.length === 0 ? ['.'] : [...new Set(paths)],
    format: choice(options, 'format', REPORT_FORMATS) ?? 'pretty',
    config: options.get('config'),
    isolated: options.has('isolated'),
    kubeVersion: kubeVersion?.replace(/^v/, '').split('.').slice(0, 2).join('.'),
    failOn: choice(options, 'fail-on', FAIL_LIMITS) ?? 'error',
    fix: options.has('fix') ? (choice(options, 'fix', FIX_SELECTIONS) ?? 'safe') : undefined,
    output: options.get('output'),
  };
}

/** The options given, with their values; the last one counts when an option is repeated. */
type Options = ReadonlyMap<string, string | undefined>;

function readOptions(
  args: readonly string[],
  commandOptions: Readonly<Record<string, OptionForm>>,
  strict: boolean,
): { options: Options; positionals: string[] } {
  const forms: Readonly<Record<string, OptionForm>> = { ...COMMON_OPTIONS, ...commandOptions };
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(forms).map(([name, { value, short }]) => [
        name,
        {
          type: value === 'needed' ? ('string' as const) : ('boolean' as const),
          ...(short ? { short } : {}),
        },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const options = new Map<string, string | undefined>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const form = forms[token.name];
    if (form === undefined) {
      // Of an unknown command, its name is the better thing to complain about.
      if (strict) throw unknownOption(token.rawName, Object.keys(forms));
      continue;
    }
    if (form.value === 'none' && token.value !== undefined) {
      throw new UsageError(`${token.rawName} takes no value.`);
    }
    if (form.value === 'needed' && (token.value === undefined || token.value === '')) {
      throw new UsageError(`${token.rawName} needs a value.`);
    }
    options.set(token.name, token.value);
  }
  return { options, positionals };
}

function unknownOption(rawName: string, known: readonly string[]): UsageError {
  const names = known.map((name) => `--${name}`);
  return new UsageError(`Unknown option ${rawName}.${suggestion(rawName, names)}`);
}

function choice<Choice extends string>(
  options: Options,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = options.get(name);
  if (value === undefined) return undefined;
  const chosen = choices.find((candidate) => candidate === value);
  if (chosen === undefined) {
    throw new UsageError(
      `--${name} is one of ${choices.join(', ')}; it cannot be "${value}".${suggestion(value, choices)}`,
    );
  }
  return chosen;
}

export function suggestion(word: string, candidates: readonly string[]): string {
  const meant = nearestName(word, candidates);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}
