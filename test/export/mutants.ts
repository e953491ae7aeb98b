export type Json = Record<string, unknown>;

/** Fields that the API server demands, so that no policy is asked about objects without them. */
const REQUIRED =
  /(?:^|\.)(?:spec|containers|os|name|type|seccompProfile|appArmorProfile|hostPath|path|key|secretKeyRef|provider|sysctls\.\d+)$/;

/** The object without each of its fields and items, and with each one empty, or the other way round. */
export function* mutantsOf(object: Json): Generator<Json> {
  for (const path of pathsIn(object)) {
    if (/^(?:apiVersion|kind|metadata(?:\.(?:name|namespace))?)$/.test(path.join('.'))) continue;
    if (REQUIRED.test(path.join('.'))) continue;
    for (const change of [remove, empty]) {
      const copy = structuredClone(object);
      const holder = path.slice(0, -1).reduce((at, key) => at[key] as Json, copy);
      if (change(holder, path.at(-1) ?? '')) yield copy;
    }
  }
}

function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    [key],
    ...pathsIn(item).map((path) => [key, ...path]),
  ]);
}

function remove(holder: Json, key: string): boolean {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return true;
}

function empty(holder: Json, key: string): boolean {
  const value = holder[key];
  if (typeof value === 'boolean') holder[key] = !value;
  else if (typeof value === 'string') holder[key] = '';
  else if (Array.isArray(value)) holder[key] = [];
  else if (typeof value === 'object') holder[key] = {};
  else return false;
  return true;
}
