import { ACTIONS, type Action } from '../export/policies.ts';
import { EVIDENCE_FORMATS, type EvidenceFormat } from '../report/evidence/formats.ts';
import {
  FINDINGS_FORMATS,
  type FindingsFormat,
  REPORT_FORMATS,
  type ReportFormat,
} from '../report/formats.ts';
import type { Severity } from '../rules/rule.ts';
import type { GivenValues } from './chart-folder.ts';
import { LSP_OPTIONS } from './lsp-arguments.ts';
import {
  type CommandLine,
  type OptionForm,
  type Options,
  readOptions,
  suggestion,
  UsageError,
} from './options.ts';
import { SET_OPTIONS, valuesGivenIn } from './render-arguments.ts';
import { SCAFFOLD_OPTIONS, type ScaffoldArguments, scaffoldArguments } from './scaffold-arguments.ts';

const RULES_FORMATS = ['pretty', 'json', 'md'] as const;
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
  /** Whether what is named is all that deploys together, though no folder is named. */
  readonly whole: boolean;
  readonly kubeVersion: string | undefined;
  /** Values for the charts: files in the order given, and what `--set` and its kin say. */
  readonly values: GivenValues;
  readonly failOn: Severity | 'never';
  readonly fix: 'safe' | 'all' | undefined;
  /** Where the report goes; standard output when absent. */
  readonly output: string | undefined;
}

export interface ReportArguments {
  readonly command: 'report';
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly format: EvidenceFormat | FindingsFormat;
  readonly config: string | undefined;
  readonly kubeVersion: string | undefined;
  /** RFC 3339, in UTC; the present when absent. */
  readonly time: string | undefined;
  /** Where the report goes; standard output when absent. */
  readonly output: string | undefined;
}

export interface ExportArguments {
  readonly command: 'export';
  readonly action: Action;
  readonly config: string | undefined;
  /** Instead of policies, what becomes of each rule. */
  readonly list: boolean;
  /** Where the policies go; standard output when absent. */
  readonly output: string | undefined;
}

export type Arguments =
  | CheckArguments
  | ScaffoldArguments
  | ReportArguments
  | ExportArguments
  /** What stands behind `render` is read by itself. */
  | { readonly command: 'render'; readonly args: readonly string[] }
  | { readonly command: 'rules'; readonly format: RulesFormat }
  | { readonly command: 'explain'; readonly rule: string }
  | { readonly command: 'hash' }
  /** The configuration file goes into the folder. */
  | { readonly command: 'init'; readonly folder: string; readonly dryRun: boolean }
  | { readonly command: 'help'; readonly of: string | undefined }
  | { readonly command: 'version' };

const COMMANDS: Readonly<Record<string, Readonly<Record<string, OptionForm>>>> = {
  check: {
    format: { value: 'needed' },
    config: { value: 'needed' },
    isolated: { value: 'none' },
    whole: { value: 'none' },
    'kube-version': { value: 'needed' },
    values: { value: 'needed', short: 'f' },
    ...SET_OPTIONS,
    'fail-on': { value: 'needed' },
    fix: { value: 'optional' },
    output: { value: 'needed', short: 'o' },
  },
  report: {
    format: { value: 'needed' },
    config: { value: 'needed' },
    'kube-version': { value: 'needed' },
    time: { value: 'needed' },
    output: { value: 'needed', short: 'o' },
  },
  export: {
    action: { value: 'needed' },
    config: { value: 'needed' },
    list: { value: 'none' },
    output: { value: 'needed', short: 'o' },
  },
  render: {},
  scaffold: SCAFFOLD_OPTIONS,
  init: { 'dry-run': { value: 'none' } },
  rules: { format: { value: 'needed' } },
  explain: {},
  /** Told apart before anything else is loaded; what is read here is a question for help. */
  lsp: LSP_OPTIONS,
  hash: {},
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
  if (first === 'render') return { command: first, args: rest };
  const line = readOptions(rest, COMMANDS[first] ?? {}, first in COMMANDS);
  const { options, positionals } = line;
  if (options.has('version')) return { command: 'version' };
  if (options.has('help')) return { command: 'help', of: first };
  switch (first) {
    case 'check':
      return checkArguments(line);
    case 'scaffold':
      return scaffoldArguments(line);
    case 'init':
      if (positionals.length > 1) throw new UsageError('init takes one folder.');
      return { command: first, folder: positionals[0] ?? '.', dryRun: options.has('dry-run') };
    case 'report':
      return reportArguments(line);
    case 'export':
      if (positionals.length > 0) throw new UsageError('export takes no arguments.');
      return {
        command: first,
        action: choice(options, 'action', ACTIONS) ?? 'deny',
        config: options.get('config'),
        list: options.has('list'),
        output: options.get('output'),
      };
    case 'rules':
      if (positionals.length > 0) throw new UsageError('rules takes no arguments.');
      return { command: first, format: choice(options, 'format', RULES_FORMATS) ?? 'pretty' };
    case 'explain': {
      const [rule, ...others] = positionals;
      if (rule === undefined || others.length > 0) throw new UsageError('explain takes the id of one rule.');
      return { command: first, rule };
    }
    case 'lsp':
      return { command: 'help', of: first };
    case 'hash':
      // An argument would stand in the history of the shell and in the list of processes.
      if (positionals.length > 0)
        throw new UsageError('hash reads the value from standard input, not as an argument.');
      return { command: first };
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

function checkArguments(line: CommandLine): CheckArguments {
  const { options, positionals: paths } = line;
  return {
    command: 'check',
    paths: paths.length === 0 ? ['.'] : [...new Set(paths)],
    format: choice(options, 'format', REPORT_FORMATS) ?? 'pretty',
    config: options.get('config'),
    isolated: options.has('isolated'),
    whole: options.has('whole'),
    kubeVersion: kubeVersionIn(options),
    values: valuesGivenIn(line),
    failOn: choice(options, 'fail-on', FAIL_LIMITS) ?? 'error',
    fix: options.has('fix') ? (choice(options, 'fix', FIX_SELECTIONS) ?? 'safe') : undefined,
    output: options.get('output'),
  };
}

function reportArguments({ options, positionals: paths }: CommandLine): ReportArguments {
  return {
    command: 'report',
    paths: paths.length === 0 ? ['.'] : [...new Set(paths)],
    format: choice(options, 'format', [...EVIDENCE_FORMATS, ...FINDINGS_FORMATS]) ?? 'md',
    config: options.get('config'),
    kubeVersion: kubeVersionIn(options),
    time: timeIn(options),
    output: options.get('output'),
  };
}

/** `major.minor`. */
function kubeVersionIn(options: Options): string | undefined {
  const version = options.get('kube-version');
  if (version !== undefined && !/^v?1\.\d+(?:\.\d+)?$/.test(version)) {
    throw new UsageError('--kube-version takes a version such as 1.36.');
  }
  return version?.replace(/^v/, '').split('.').slice(0, 2).join('.');
}

/** A date alone is its first second. */
function timeIn(options: Options): string | undefined {
  const time = options.get('time');
  if (time === undefined) return undefined;
  const date = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(time)
    ? Date.parse(time)
    : Number.NaN;
  if (Number.isNaN(date)) throw new UsageError('--time takes a time such as 2026-01-31T12:00:00Z.');
  return new Date(date).toISOString().replace(/\.\d+Z$/, 'Z');
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
