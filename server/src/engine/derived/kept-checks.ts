import type { Fact } from '../../analysis/facts.ts';
import { type World, worldOf } from '../../analysis/world.ts';
import type { Checker } from '../checker.ts';
import type { Finding } from '../finding.ts';
import type { Inspection } from '../inspection.ts';
import type { Suppression } from '../suppressions.ts';

interface KeptFindings {
  readonly checker: Checker;
  readonly world: World;
  readonly suppressions: readonly Suppression[];
  readonly file: string;
  readonly findings: readonly Finding[];
}

/** What documents that are made together came to when they were last checked. What is asked in the same words is answered with the same objects. */
export class KeptChecks {
  #facts: readonly Fact[] = [];
  #world = worldOf([], false);
  readonly #findings = new WeakMap<Inspection, KeptFindings>();

  /** The world of the facts. What else the cluster holds is not known, so nothing is missing for want of a document. */
  worldOf(facts: readonly Fact[]): World {
    if (!haveSameItems(facts, this.#facts)) {
      this.#facts = facts;
      this.#world = worldOf(facts, false);
    }
    return this.#world;
  }

  findings(
    checker: Checker,
    inspection: Inspection,
    world: World,
    suppressions: readonly Suppression[],
    file: string,
  ): readonly Finding[] {
    const known = this.#findings.get(inspection);
    if (
      known?.checker === checker &&
      known.world === world &&
      known.file === file &&
      haveSameItems(known.suppressions, suppressions)
    )
      return known.findings;
    const findings = checker.findings(inspection, world, suppressions, file);
    this.#findings.set(inspection, { checker, world, suppressions, file, findings });
    return findings;
  }
}

function haveSameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
