import type { OffsetRange } from '../../syntax/ranges.ts';
import type { Guard, SkippedBranch } from '../trace/origin.ts';
import type { GoValue, Str } from '../value/value.ts';
import type { Execution } from './exec.ts';
import type { Operand, Tree } from './nodes.ts';
import type { CallContext, FunctionTable } from './signature.ts';

/** A parsed template together with where its text stands. */
export interface Template {
  readonly tree: Tree;
  /** The file from the root of the chart; undefined for the text of a `tpl`. */
  readonly file: string | undefined;
  /** The text of a `tpl`, which knows its own origins. */
  readonly source: Str | undefined;
}

/** Everything that one rendering shares: templates, functions, and how much may still be done. */
export interface Runtime {
  readonly functions: FunctionTable;
  /** Finds a named template, as seen from the template that asks. */
  lookup(name: string): Template | undefined;
  readonly context: CallContext;
  /** Counts a step; throws a LimitError when there were too many. */
  step(): void;
  /** Counts output that is added. */
  output(length: number): void;
  /** False when nobody will ask where the output came from. */
  readonly isTraced: boolean;
  /** The condition under which output is written at the moment. */
  guard: Guard | undefined;
  /** Branches that were not taken so far; stays empty when nobody will ask. */
  readonly skipped: SkippedBranch[];
  /** Told what actions and conditions were. */
  readonly observe: ((observation: Observation) => void) | undefined;
  /** The place of the function call at hand, for its origins. */
  site: { execution: Execution; node: Operand } | undefined;
}

/** What an action or a condition of a template file was, once. */
export interface Observation {
  readonly file: string;
  /** From `{{` to `}}`. */
  readonly range: OffsetRange;
  readonly value: GoValue;
}

export interface Variable {
  readonly name: string;
  value: GoValue;
  /** Whether Go holds the value as an interface: an element of a range. */
  isInterface: boolean;
}
