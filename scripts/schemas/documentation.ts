import type { Documentation, DocumentationFile } from '../../server/src/kubernetes/schema/json-schema.ts';

/** Definition to field to text, as it was collected. */
export type CollectedDocumentation = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Each text written once: where it comes again stands where it is. This makes less to pack and to load. */
export function toldOnce(docs: CollectedDocumentation): DocumentationFile {
  const known = new Map<string, readonly [def: string, field: string]>();
  const entryOf = (def: string, field: string, text: string): Documentation => {
    const first = known.get(text);
    if (first === undefined) {
      known.set(text, [def, field]);
      return text;
    }
    return first[1] === field ? [first[0]] : first;
  };
  return Object.fromEntries(
    Object.entries(docs).map(([def, fields]) => [
      def,
      Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, entryOf(def, field, text)])),
    ]),
  );
}
