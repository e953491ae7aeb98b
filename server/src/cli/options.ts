import { parseArgs } from 'node:util';
import { nearestName } from '../syntax/nearest-name.ts';

/** A command line that says nothing that can be done. The message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Tells a person what was wrong with the command line.
 *
 * @returns the exit code of wrong usage; any other error is thrown again
 */
export function tellUsage(error: unknown, writeError: (text: string) => void): 2 {
  if (!(error instanceof UsageError)) throw error;
  writeError(`${error.message}\nkube-safeguards help shows how it is used.\n`);
  return 2;
}

export interface OptionForm {
  /** `text`: a value that may be empty. `optional`: counts as given without a value, and takes one only behind `=`. */
  readonly value: 'none' | 'needed' | 'text' | 'optional';
  readonly short?: string;
}

const COMMON_OPTIONS: Readonly<Record<string, OptionForm>> = {
  help: { value: 'none', short: 'h' },
  version: { value: 'none', short: 'v' },
};

/** The options given, with their values; the last one counts when an option is repeated. */
export type Options = ReadonlyMap<string, string | undefined>;

export interface CommandLine {
  readonly options: Options;
  /** Each option as often as it is given, in order. */
  readonly given: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly positionals: readonly string[];
}

/**
 * Reads the options of a command, and those that all commands share.
 *
 * @param strict Whether unknown options are complained about.
 * @throws {UsageError}
 */
export function readOptions(
  args: readonly string[],
  commandOptions: Readonly<Record<string, OptionForm>>,
  strict: boolean,
): CommandLine {
  const forms: Readonly<Record<string, OptionForm>> = { ...COMMON_OPTIONS, ...commandOptions };
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(forms).map(([name, { value, short }]) => [
        name,
        {
          type: value === 'needed' || value === 'text' ? ('string' as const) : ('boolean' as const),
          ...(short ? { short } : {}),
        },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const given: { name: string; value: string | undefined }[] = [];
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
    const isMissing = token.value === undefined || (token.value === '' && form.value === 'needed');
    if (isMissing && (form.value === 'needed' || form.value === 'text')) {
      throw new UsageError(`${token.rawName} needs a value.`);
    }
    given.push({ name: token.name, value: token.value });
  }
  return { options: new Map(given.map(({ name, value }) => [name, value])), given, positionals };
}

function unknownOption(rawName: string, known: readonly string[]): UsageError {
  const names = known.map((name) => `--${name}`);
  return new UsageError(`Unknown option ${rawName}.${suggestion(rawName, names)}`);
}

export function suggestion(word: string, candidates: readonly string[]): string {
  const meant = nearestName(word, candidates);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}
