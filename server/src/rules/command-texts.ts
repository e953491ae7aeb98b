import type { Place, TextContext } from '../detect/index.ts';
import type { Container, Pod } from '../kubernetes/pods.ts';
import type { Path } from '../syntax/paths.ts';
import type { ScalarValue, Value } from '../syntax/values.ts';
import { textScalar } from './sensitive-text.ts';

/** A word of a command that a container runs. */
export interface CommandText {
  readonly container: Container;
  /** `args`, `livenessProbe`: where the command stands, for people. */
  readonly field: string;
  readonly scalar: ScalarValue;
  readonly context: TextContext;
  /** Whether Kubernetes replaces `$(VAR)` in it by variables of the container; in probes and lifecycle hooks it does not. */
  readonly isExpanded: boolean;
}

const PLACE: Place = 'args';

const HANDLERS: readonly Path[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** All words of the commands, probes and lifecycle hooks of a pod, and the paths that probes ask for. */
export function commandTextsOf(pod: Pod): CommandText[] {
  return pod.containers.flatMap((container) => [
    ...['command', 'args'].flatMap((field) => wordsOf(container, field, [field], true)),
    ...HANDLERS.flatMap((handler) => {
      const field = String(handler.at(-1));
      return [
        ...wordsOf(container, field, [...handler, 'exec', 'command'], false),
        ...single(container, field, container.value.at([...handler, 'httpGet', 'path'])),
      ];
    }),
  ]);
}

function wordsOf(container: Container, field: string, path: Path, isExpanded: boolean): CommandText[] {
  const items = container.value.at(path)?.items ?? [];
  return items.flatMap((item, index) => {
    const scalar = textScalar(item);
    if (scalar === undefined) return [];
    const name = flagBefore(items, index);
    const keys = name === undefined ? [field] : [field, name];
    return { container, field, scalar, context: { keys, place: PLACE }, isExpanded };
  });
}

/** `--patient-ssn`, and the value as the next word. */
function flagBefore(items: readonly Value[], index: number): string | undefined {
  const before = items[index - 1]?.text ?? '';
  return /^--?([A-Za-z][\w.-]*)$/.exec(before)?.[1];
}

function single(container: Container, field: string, value: Value | undefined): CommandText[] {
  const scalar = textScalar(value);
  if (scalar === undefined) return [];
  return [{ container, field, scalar, context: { keys: [field, 'path'], place: PLACE }, isExpanded: false }];
}
