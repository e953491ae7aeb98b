/** How much a template may take before it is given up. Others go on. */
export interface Limits {
  /** Steps: nodes of templates that are executed, and the work of functions. */
  readonly steps: number;
  /** UTF-16 code units that it may write, those that are only included as well. */
  readonly output: number;
}

/** Some fifty times what all templates of the largest public charts take; one or two seconds. */
export const DEFAULT_LIMITS: Limits = { steps: 10_000_000, output: 50_000_000 };

/** Once templates have taken so many times what one may take, the others may only take a part of it: it must come to an end. */
export const TEMPLATES_AT_LIMIT = 2;
export const SHARE_BEYOND = 0.02;
