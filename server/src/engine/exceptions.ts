import { matchesWildcard } from '../kubernetes/wildcards.ts';
import type { ResourceName } from './finding.ts';
import { isInForce, type Suppression } from './suppressions.ts';

/** A decision to leave findings of a rule alone, as it stands in the configuration file. Dates are `YYYY-MM-DD`. */
export interface ConfiguredException {
  readonly rule: string;
  /** Patterns with `*`; what is absent may be anything. */
  readonly resource?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
  /** A file or folder, `*` within a part of it and `**` for any parts. */
  readonly path?: string;
  readonly reason: string;
  readonly approver: string;
  readonly date: string;
  /** The last day on which it counts. */
  readonly until?: string;
}

/** The exceptions of a configuration that count on a day. */
export class Exceptions {
  readonly #inForce: readonly {
    readonly exception: ConfiguredException;
    readonly suppression: Suppression;
  }[];

  constructor(exceptions: readonly ConfiguredException[], today: string) {
    this.#inForce = exceptions
      .map((exception) => ({ exception, suppression: suppressionOf(exception) }))
      .filter(({ suppression }) => isInForce(suppression, today));
  }

  /**
   * The exception that covers a finding.
   *
   * @param file its address or path, with `/` between the parts; empty where it has none
   */
  covering(rule: string, resource: ResourceName | undefined, file: string): Suppression | undefined {
    return this.#inForce.find(
      ({ exception }) =>
        exception.rule === rule &&
        (exception.resource === undefined || isMeant(exception.resource, resource)) &&
        (exception.path === undefined || isAt(exception.path, file)),
    )?.suppression;
  }
}

function suppressionOf({ rule, reason, until, approver, date }: ConfiguredException): Suppression {
  return {
    rules: [rule],
    reason,
    until,
    reach: 'configuration',
    range: { start: 0, end: 0 },
    lines: [],
    resourcePath: undefined,
    annotation: undefined,
    approval: { approver, date },
  };
}

function isMeant(
  { kind = '*', name = '*', namespace }: NonNullable<ConfiguredException['resource']>,
  resource: ResourceName | undefined,
): boolean {
  return (
    resource !== undefined &&
    matchesWildcard(kind, resource.kind) &&
    matchesWildcard(name, resource.name) &&
    (namespace === undefined || matchesWildcard(namespace, resource.namespace ?? ''))
  );
}

/**
 * Whether a file is the one that a pattern names, or lies in the folder that it names, anywhere below the configuration. The parts between two `**` are looked
 * for leftmost, which finds them whenever they are there.
 */
function isAt(pattern: string, file: string): boolean {
  const parts = decoded(file).split('/');
  const blocks: string[][] = [[]];
  for (const part of pattern.split('/')) {
    if (part === '**') blocks.push([]);
    else if (part !== '' && part !== '.') blocks.at(-1)?.push(part);
  }
  let at = 0;
  for (const block of blocks) {
    const found = parts.findIndex(
      (_, start) => start >= at && block.every((part, index) => matchesPart(part, parts[start + index])),
    );
    if (found === -1) return false;
    at = found + block.length;
  }
  return blocks.some((block) => block.length > 0);
}

function matchesPart(pattern: string, part: string | undefined): boolean {
  return part !== undefined && matchesWildcard(pattern, part);
}

/** Addresses escape what paths write plainly. */
function decoded(file: string): string {
  try {
    return file.includes('%') ? decodeURIComponent(file) : file;
  } catch {
    return file;
  }
}
