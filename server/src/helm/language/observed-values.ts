import type { OffsetRange } from '../../syntax/ranges.ts';
import type { Observation } from '../template/runtime.ts';
import type { GoValue } from '../value/value.ts';

/** More values of one action, in a loop or a helper, are not kept. */
const MAX_VALUES = 5;

/** The values that the actions of each file had in a rendering. */
export class ObservedValues {
  readonly #files = new Map<
    string,
    Map<number, { readonly range: OffsetRange; readonly values: GoValue[] }>
  >();

  readonly note = ({ file, range, value }: Observation): void => {
    const actions = this.#files.get(file) ?? new Map();
    this.#files.set(file, actions);
    const known = actions.get(range.start);
    if (known === undefined) actions.set(range.start, { range, values: [value] });
    else if (known.values.length < MAX_VALUES) known.values.push(value);
  };

  /** The actions of a file that ran, each with its first values. */
  in(file: string): Iterable<{ readonly range: OffsetRange; readonly values: readonly GoValue[] }> {
    return this.#files.get(file)?.values() ?? [];
  }

  at(
    file: string,
    offset: number,
  ): { readonly range: OffsetRange; readonly values: readonly GoValue[] } | undefined {
    for (const action of this.in(file)) {
      if (action.range.start <= offset && offset <= action.range.end) return action;
    }
    return undefined;
  }
}
