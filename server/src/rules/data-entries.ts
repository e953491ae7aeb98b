import { decodedBase64, type Place, type TextContext } from '../detect/index.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { remove } from '../syntax/edit/operations.ts';
import type { Entry, ScalarValue } from '../syntax/values.ts';
import type { Fix } from './rule.ts';
import { secretSkeleton, textScalar } from './sensitive-text.ts';

/** One value in the data of a ConfigMap or Secret. */
export interface DataEntry {
  readonly entry: Entry;
  readonly scalar: ScalarValue;
  readonly context: TextContext;
}

/** Above this many values an object is no record of one person. */
const MAX_RECORD = 40;

/**
 * The values in some sections of a ConfigMap or Secret.
 *
 * @param encoded the section that holds base64, whose values are evidence for each other once decoded
 */
export function dataEntriesOf(
  resource: Resource,
  sections: readonly string[],
  place: Place,
  encoded?: string,
): DataEntry[] {
  return sections.flatMap((section) => {
    const entries = resource.root.get(section)?.entries ?? [];
    const known = entries.length > MAX_RECORD ? [] : entries;
    const short = known.flatMap(({ key, value }) => {
      const text = section === encoded ? decodedBase64(value.text ?? '') : value.text;
      return text === undefined || text.includes('\n') ? [] : { key, value: text };
    });
    return entries.flatMap((entry) => {
      const scalar = textScalar(entry.value);
      if (scalar === undefined) return [];
      const siblings = short.filter(({ key }) => key !== entry.key);
      return { entry, scalar, context: { keys: [section, entry.key], place, siblings } };
    });
  });
}

/** Takes a key out of a ConfigMap; a Secret is added for it, without the value. */
export function moveKeyFix(configMap: Resource, { value }: Entry, purpose: string): Fix {
  const secret = `${configMap.name}-${purpose}`;
  return {
    title: `Move the key to the Secret "${secret}", without its value`,
    applicability: 'review',
    operations: [remove(value.path), secretSkeleton(secret, configMap.namespace)],
  };
}
