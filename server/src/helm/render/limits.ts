/** How much a rendering may take before it is given up. */
export interface Limits {
  /** Steps: nodes of templates that are executed, and the work of functions. */
  readonly steps: number;
  /** UTF-16 code units that all templates may write, those that are only included as well. */
  readonly output: number;
}

/** Some hundred times what the largest public charts take; a few seconds at most. */
export const DEFAULT_LIMITS: Limits = { steps: 20_000_000, output: 100_000_000 };
