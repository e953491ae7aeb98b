import type { Value } from '../syntax/values.ts';
import type { Container } from './pods.ts';

/** One flag of a container's command line: `--name=value` in one item, or `--name` and `value` in two. */
export interface CommandLineFlag {
  /** Without the leading dashes. */
  readonly name: string;
  /** Undefined for a flag that stands alone. */
  readonly value: string | undefined;
  /** The item with the name. */
  readonly at: Value;
  /** The item with the value, where that is another one. */
  readonly valueAt: Value | undefined;
}

/** All words of a container's command and arguments, in order. */
export function commandLineOf(container: Container): Value[] {
  return ['command', 'args'].flatMap((key) => [...(container.value.get(key)?.items ?? [])]);
}

export function flagsOf(container: Container): CommandLineFlag[] {
  const words = commandLineOf(container);
  return words.flatMap((at, index) => {
    const match = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(at.text ?? '');
    if (match === null) return [];
    const [, name = '', inline] = match;
    const next = words[index + 1];
    const takesNext = inline === undefined && next?.text !== undefined && !next.text.startsWith('-');
    return {
      name,
      value: inline ?? (takesNext ? next.text : undefined),
      at,
      valueAt: takesNext ? next : undefined,
    };
  });
}
