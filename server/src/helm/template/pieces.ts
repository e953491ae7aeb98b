import type { Guard, SkippedBranch } from '../trace/origin.ts';
import { type Str, TextBuilder } from '../trace/text.ts';
import type { Reads } from '../value/tracked-map.ts';
import { type GoValue, isTrue } from '../value/value.ts';
import { evalPipeline } from './eval.ts';
import type { Execution } from './exec.ts';
import type { BranchNode, ListNode, Node } from './nodes.ts';

/** What a piece of work took, and what it asked for. */
export interface Noted {
  readonly reads: Reads;
  readonly steps: number;
  readonly output: number;
  /** How many random values had been made before, and how many it made. */
  readonly seeds: { readonly before: number; readonly count: number };
  /** Whether it changed a map that others may hold. */
  readonly changesMaps: boolean;
}

/** What one node of a template wrote. */
export interface Piece {
  /** Of a branch: of its condition. */
  readonly noted: Noted;
  /** Absent for branches, which consist of pieces. */
  readonly text?: Str;
  readonly skipped?: readonly SkippedBranch[];
  /** Whether others behind it may see what it does to variables and maps: then it has to run. */
  readonly hasEffects?: boolean;
  readonly branch?: { readonly guard: Guard | undefined; readonly pieces: Pieces };
}

/** By the nodes of a list; literal text needs none. */
export type Pieces = readonly (Piece | undefined)[];

/** Notes what is asked for, and knows what has changed since the last time. */
export interface Recorder {
  note<Result>(work: () => Result): { readonly result: Result; readonly noted: Noted };
  /** Whether a piece of work would read the same again. */
  holds(noted: Noted): boolean;
  /** Counts a piece of work as if it were done. */
  skip(noted: Noted): void;
}

/** A branch of fewer nodes is one piece. */
const MANY_NODES = 3;

/**
 * Runs a template node by node, but for those that would read the same again: these have written what they wrote before. What comes out is
 * what comes out when all are run.
 *
 * @param before the pieces of the same tree
 */
export function runInPieces(
  execution: Execution,
  data: GoValue,
  recorder: Recorder,
  before: Pieces | undefined,
): Pieces {
  return new PieceRun(execution, recorder).list(execution.template.tree.root, data, before);
}

class PieceRun {
  readonly #execution: Execution;
  readonly #recorder: Recorder;
  /** Whether variables or maps may hold something else than before: then everything is run. */
  #isUnsettled = false;

  constructor(execution: Execution, recorder: Recorder) {
    this.#execution = execution;
    this.#recorder = recorder;
  }

  list({ nodes }: ListNode, dot: GoValue, before: Pieces | undefined): Pieces {
    return nodes.map((node, index) => this.#node(node, dot, before?.[index]));
  }

  #node(node: Node, dot: GoValue, before: Piece | undefined): Piece | undefined {
    if (node.kind === 'text') {
      this.#execution.walk(node, dot);
      return undefined;
    }
    if (isParted(node)) return this.#branch(node, dot, before);
    const holds = before !== undefined && this.#holds(before);
    if (holds && before.hasEffects === false) {
      this.#recorder.skip(before.noted);
      if (before.text !== undefined) this.#execution.out.addStr(before.text);
      if (before.skipped !== undefined) this.#execution.runtime.skipped.push(...before.skipped);
      return before;
    }
    const piece = this.#run(node, dot);
    if (!holds && piece.hasEffects === true) this.#isUnsettled = true;
    return piece;
  }

  #holds({ noted }: Piece): boolean {
    return !this.#isUnsettled && this.#recorder.holds(noted);
  }

  #run(node: Node, dot: GoValue): Piece {
    const execution = this.#execution;
    const { out: whole, runtime } = execution;
    const { length } = runtime.skipped;
    execution.out = new TextBuilder();
    try {
      const { noted } = this.#recorder.note(() => execution.walk(node, dot));
      const text = execution.out.build();
      whole.addStr(text);
      const hasEffects = noted.changesMaps || setsVariables(node);
      if (runtime.skipped.length === length) return { noted, text, hasEffects };
      return { noted, text, hasEffects, skipped: runtime.skipped.slice(length) };
    } finally {
      execution.out = whole;
    }
  }

  /** A condition is always looked at, since what it gives is a part of values that may be new; what it lets be printed need not be run. */
  #branch(node: BranchNode, dot: GoValue, before: Piece | undefined): Piece {
    const execution = this.#execution;
    const { runtime } = execution;
    const outer = runtime.guard;
    const mark = execution.variables.length;
    runtime.step();
    execution.node = node;
    const { result, noted } = this.#recorder.note(() => {
      const found = evalPipeline(execution, dot, node.pipe);
      return { found, isTaken: isTrue(found) };
    });
    const { found, isTaken } = result;
    const known = before !== undefined && this.#holds(before) ? before.branch : undefined;
    if (noted.changesMaps && known === undefined) this.#isUnsettled = true;
    const guard = known === undefined ? execution.guardOf(node, found, isTaken) : known.guard;
    let pieces: Pieces = [];
    if (isTaken) {
      runtime.guard = guard;
      const isWith = node.kind === 'with';
      const wasInterface = execution.dotIsInterface;
      if (isWith) execution.dotIsInterface = false;
      pieces = this.list(node.list, isWith ? found : dot, known?.pieces);
      execution.dotIsInterface = wasInterface;
      if (node.elseList !== undefined) execution.skip(node, found, node.elseList, true);
    } else {
      execution.skip(node, found, node.list, false);
      if (node.elseList !== undefined) {
        runtime.guard = guard;
        pieces = this.list(node.elseList, dot, known?.pieces);
      }
    }
    runtime.guard = outer;
    execution.variables.length = mark;
    return { noted, branch: { guard, pieces } };
  }
}

/** Whether the nodes of a branch are pieces of their own. */
function isParted(node: Node): node is BranchNode {
  return (
    (node.kind === 'if' || node.kind === 'with') &&
    node.pipe.declarations.length === 0 &&
    node.list.nodes.length + (node.elseList?.nodes.length ?? 0) > MANY_NODES
  );
}

/** Whether what stands behind a node sees a variable that it sets. */
function setsVariables(node: Node): boolean {
  if (node.kind === 'action') return node.pipe.declarations.length > 0;
  return (node.kind === 'if' || node.kind === 'with' || node.kind === 'range') && assigns(node);
}

function assigns(node: Node): boolean {
  if (node.kind === 'action') return node.pipe.isAssign;
  if (node.kind === 'list') return node.nodes.some(assigns);
  if (node.kind !== 'if' && node.kind !== 'with' && node.kind !== 'range') return false;
  return node.pipe.isAssign || assigns(node.list) || (node.elseList !== undefined && assigns(node.elseList));
}
