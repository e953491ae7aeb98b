import type { RunProblem } from '../report/run.ts';

/** Something that was checked, and the rules that failed there. */
export interface WithFailures {
  readonly path: string;
  /** By id; `document` where a document could not be checked at all. */
  readonly failures: readonly string[];
}

/** What kept files, or rules, from being checked. Each problem is told once, also when a file is read twice. */
export class CheckProblems {
  readonly #problems = new Map<string, RunProblem>();

  constructor(problems: readonly RunProblem[]) {
    for (const problem of problems) this.tell(problem);
  }

  get all(): readonly RunProblem[] {
    return [...this.#problems.values()];
  }

  tell(problem: RunProblem): void {
    this.#problems.set(`${problem.path}\n${problem.position?.line}\n${problem.message}`, problem);
  }

  tellFailures({ path, failures }: WithFailures): void {
    for (const rule of failures) {
      const message =
        rule === 'document'
          ? 'A document could not be checked: this is a defect of the checker.'
          : `The rule ${rule} failed here: this is a defect of the rule.`;
      this.tell({ level: 'error', path, message });
    }
  }
}
