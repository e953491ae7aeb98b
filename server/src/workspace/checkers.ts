import type { Configuration } from '../engine/configuration.ts';
import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { Rule } from '../rules/rule.ts';
import type { ParsedDocument } from '../syntax/parse.ts';
import { roleOf } from './chart-values.ts';
import { ContainedChecker, type OnFailure } from './contained-checker.ts';
import { FileChecker } from './file-checker.ts';
import { isPlacedAsTemplate, isTemplate } from './templates.ts';

export interface CheckersHost {
  readonly rules: readonly Rule[];
  readonly schemas?: KubernetesSchemas | undefined;
  /** The date, `YYYY-MM-DD`. */
  today(): string;
  /** Told of a rule that failed. */
  readonly onFailure: OnFailure;
}

/** More configurations than this are not at work at once; typing in a configuration file leaves some behind. */
const KEPT = 16;

/** One checker for each configuration, so that files share it. */
export class Checkers {
  readonly #host: CheckersHost;
  readonly #checkers = new Map<Configuration, ContainedChecker>();
  #madeOn = '';

  constructor(host: CheckersHost) {
    this.#host = host;
  }

  for(configuration: Configuration): ContainedChecker {
    const { rules, schemas, onFailure } = this.#host;
    // A checker knows the date, for suppressions that expire.
    const today = this.#host.today();
    if (today !== this.#madeOn || this.#checkers.size > KEPT) this.#checkers.clear();
    this.#madeOn = today;
    let checker = this.#checkers.get(configuration);
    if (checker === undefined) {
      checker = new ContainedChecker({ rules, schemas, configuration, today }, onFailure);
      this.#checkers.set(configuration, checker);
    }
    return checker;
  }
}

/** Checks one file, whose templates are left out. */
export function fileCheckerFor(uri: string, languageId: string, checker: ContainedChecker): FileChecker {
  const skips = {
    text: (text: string) => isPlacedAsTemplate(uri, languageId, text),
    document: (document: ParsedDocument) => isTemplate(uri, languageId, document),
  };
  return new FileChecker(checker, skips, roleOf(uri));
}
