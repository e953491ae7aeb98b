import type { RuleSettings } from '../../server/src/rules/settings.ts';

interface Case {
  readonly name: string;
  /**
   * A file. In invalid cases «» marks what each finding flags, in the order of the errors; `fixed` makes code and output of a text that also
   * says what the fixes do.
   */
  readonly code: string;
  readonly settings?: Partial<RuleSettings>;
  /** Whether the file is all there is (the default), or other files may exist that are not in view. */
  readonly isolated?: true;
  /** Rules that run too, because this one judges what they found. Their findings are not compared. */
  readonly alongside?: readonly string[];
  /** The name of the file, where it matters: `values.yaml` holds the values of a chart. A manifest unless said. */
  readonly fileName?: string;
  /** The code is a file of a chart: its path, and the other files where they matter. */
  readonly chart?: { readonly file: string; readonly files?: Readonly<Record<string, string>> };
  /** Language of the example in the documentation; YAML unless said. */
  readonly language?: 'json';
}

export type ValidCase = Case;

export interface ExpectedError {
  readonly messageId: string;
  /** The whole message, where its words are worth a test. */
  readonly message?: string | RegExp;
  readonly severity?: 'error' | 'warning' | 'information';
}

export interface InvalidCase extends Case {
  readonly errors: readonly ExpectedError[];
  /**
   * The file after the recommended fixes of all its findings; `undefined` when there is no fix. The harness proves that nothing is left to
   * find in it, nothing new is found by any rule, and fixing again changes nothing.
   */
  readonly output: string | undefined;
  /** Findings that stay after the fixes, because their fix is words. */
  readonly remaining?: number;
  /** What each further alternative of the first finding gives, by its title. */
  readonly alternatives?: readonly {
    readonly title: string;
    readonly output: string;
    /** The alternative only prepares the place: a person has to complete it before the finding goes. */
    readonly incomplete?: true;
  }[];
}

/**
 * The tests of one rule, in `test/rules/<safeguard>/<id>.cases.ts`. The first valid and the first invalid case are also the examples on the
 * rule's page.
 */
export interface RuleCases {
  readonly valid: readonly ValidCase[];
  readonly invalid: readonly InvalidCase[];
}
