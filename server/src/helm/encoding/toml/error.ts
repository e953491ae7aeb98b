/** Why a value cannot be written as TOML, or a text cannot be read. */
export class TomlError extends Error {}
