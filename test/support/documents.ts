/** A file of several YAML documents, each of which ends its last line. */
export const documents = (...texts: readonly string[]) => texts.join('---\n');
