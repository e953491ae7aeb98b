/** What every fact says of the object that it comes from. */
export interface Origin {
  readonly name: string;
  /** As written; undefined where the object names no namespace. */
  readonly namespace: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  /** Whether it belongs in some namespace all the same. */
  readonly isBare?: true;
}
