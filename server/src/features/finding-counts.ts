import type { Severity } from '../rules/rule.ts';
import type { PostureFinding } from './protocol.ts';

/** How many findings there are of each severity; those that are suppressed or excepted are counted apart. */
export class FindingCounts {
  error = 0;
  warning = 0;
  information = 0;
  suppressed = 0;

  add(severity: Severity, isCovered: boolean): void {
    if (isCovered) this.suppressed++;
    else this[severity]++;
  }

  addAll(findings: readonly PostureFinding[]): void {
    for (const { severity, covered } of findings) this.add(severity, covered !== undefined);
  }
}
