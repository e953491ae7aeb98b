/** Rules that look at values by themselves. */
const IN_VALUES = /^(?:phi|secret)-in-values$/;

const SENSITIVE = /^(?:phi|secret)-/;

/** What of a finding tells whether it says the same as another. */
export interface EchoSubject {
  readonly rule: string;
  /** Offset in the file. */
  readonly start: number;
}

/**
 * Whether a finding of a chart only repeats what is wrong with a value by itself: that is not told once more for each place to which the chart
 * takes it.
 *
 * @param own the findings of the same file as it is typed
 */
export function isEcho({ rule, start }: EchoSubject, own: readonly EchoSubject[]): boolean {
  return SENSITIVE.test(rule) && own.some((other) => IN_VALUES.test(other.rule) && other.start === start);
}
