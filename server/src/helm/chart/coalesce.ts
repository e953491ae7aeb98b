import { deepCopyDict } from '../functions/support.ts';
import { formatVerb, NO_FLAGS } from '../go/format.ts';
import { joinTraces } from '../trace/origin.ts';
import { Dict, type GoValue } from '../value/value.ts';
import { ValuesError } from './values-file.ts';

/** A chart as values are coalesced for it: aliased, and without its disabled dependencies. */
export interface ChartNode {
  readonly name: string;
  /** Its defaults, with what it imports from its dependencies. */
  readonly values: Dict;
  readonly dependencies: readonly ChartNode[];
}

const GLOBAL = 'global';

/**
 * Puts the given values over the defaults of a chart and of its dependencies (Helm's CoalesceValues). A null that the user gives
 * removes a default.
 *
 * @param keepsNulls Whether nulls stay, for a later pass (MergeValues).
 * @throws ValuesError when the values for a dependency are not a map.
 */
export function coalesceValues(chart: ChartNode, given: Dict, keepsNulls = false): Dict {
  const values = deepCopyDict(given);
  coalesce(chart, values, keepsNulls);
  return values;
}

function coalesce(chart: ChartNode, values: Dict, keepsNulls: boolean): void {
  applyDefaults(chart, values, keepsNulls);
  for (const dependency of chart.dependencies) {
    const own = values.entries.get(dependency.name);
    let table: Dict;
    if (own === undefined) {
      table = emptyTable(values, dependency.name);
      values.entries.set(dependency.name, table);
    } else if (own.kind === 'map') table = own;
    else {
      const shown = formatVerb(own, 't', NO_FLAGS);
      const [origin] = own.trace;
      throw new ValuesError(`type mismatch on ${dependency.name}: ${shown}`, origin?.range, origin?.file);
    }
    passGlobals(table, values);
    coalesce(dependency, table, keepsNulls);
  }
}

function emptyTable(parent: Dict, key: string): Dict {
  return new Dict(new Map(), 'map[string]interface {}', parent.absent(key).trace);
}

/** Globals of the parent go into the dependency; the parent's win. */
function passGlobals(table: Dict, parent: Dict): void {
  const own = table.entries.get(GLOBAL) ?? emptyTable(table, GLOBAL);
  const outer = parent.entries.get(GLOBAL);
  if (own.kind !== 'map' || (outer !== undefined && outer.kind !== 'map')) return;
  for (const [key, value] of outer?.entries ?? []) {
    const present = own.entries.get(key);
    if (value.kind === 'map') {
      const copy = new Dict(new Map(value.entries), value.type, value.trace);
      if (present === undefined) own.entries.set(key, copy);
      else if (present.kind === 'map') {
        coalesceTables(copy, present, true);
        own.entries.set(key, copy);
      }
    } else if (present?.kind !== 'map') own.entries.set(key, value);
  }
  if (outer !== undefined) own.trace = joinTraces(outer.trace, own.trace);
  table.entries.set(GLOBAL, own);
}

function applyDefaults(chart: ChartNode, values: Dict, keepsNulls: boolean): void {
  const defaults = deepCopyDict(chart.values);
  values.trace = joinTraces(values.trace, defaults.trace);
  for (const [key, value] of defaults.entries) {
    const given = values.entries.get(key);
    if (given === undefined) values.entries.set(key, value);
    else if (given.kind === 'nil' && !keepsNulls) values.entries.delete(key);
    else if (given.kind === 'map' && value.kind === 'map') {
      const isDependency = chart.dependencies.some(({ name }) => name === key);
      coalesceTables(given, value, keepsNulls || isDependency);
    }
  }
}

/** Adds to a map what only the other has; of two maps the contents are coalesced. */
export function coalesceTables(target: Dict, source: Dict, keepsNulls: boolean): Dict {
  target.trace = joinTraces(target.trace, source.trace);
  for (const [key, value] of source.entries) {
    const present: GoValue | undefined = target.entries.get(key);
    if (present === undefined) target.entries.set(key, value);
    else if (present.kind === 'nil') {
      if (!keepsNulls && value.kind !== 'nil') target.entries.delete(key);
    } else if (present.kind === 'map' && value.kind === 'map') coalesceTables(present, value, keepsNulls);
  }
  return target;
}
