/** What libyaml's scanner tells its parser. Source: `yaml_token_type_t` in yamlh.go of goyaml.v2. */
export type YamlTokenType =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface YamlToken {
  readonly type: YamlTokenType;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Zero-based line on which the token starts. */
  readonly line: number;
  /** The text of a scalar, or the name of an anchor, alias, tag handle or directive. */
  readonly value: string;
  /** Plain scalars are resolved; others are strings. */
  readonly isPlain: boolean;
  /** What follows the handle of a tag. */
  readonly suffix: string;
}
