import { sha256 } from '@noble/hashes/sha2.js';
import { encodeJson } from '../helm/encoding/json-encode.ts';
import { encodeUtf8 } from '../helm/go/utf8.ts';
import { Dict, type GoValue, Str } from '../helm/value/value.ts';
import { at, goValueOf, type Node } from './node.ts';
import type { BuildResource } from './resource.ts';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['data', 'binaryData'],
  Secret: ['type', 'data', 'stringData'],
};

/** Fields that count only where they are there. */
const OPTIONAL: ReadonlySet<string> = new Set(['binaryData', 'stringData']);

const LETTERS: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/**
 * The suffix that tells contents of a ConfigMap or Secret apart; undefined for other kinds.
 *
 * Source: api/hasher of Kustomize
 */
export function hashOf({ root, kind }: BuildResource): string | undefined {
  const fields = Object.hasOwn(FIELDS, kind) ? FIELDS[kind] : undefined;
  if (fields === undefined) return undefined;
  const entries = new Map<string, GoValue>([
    ['kind', new Str(kind, [])],
    // Kustomize looks for a field called "metadata/name".
    ['name', new Str('', [])],
  ]);
  for (const field of fields) {
    const value = at(root, field);
    if (value?.kind === 'map' || !OPTIONAL.has(field)) entries.set(field, encodable(value));
  }
  const json = encodeJson(new Dict(entries, 'map[string]interface {}', []), { escapesHtml: true, indent: 0 });
  const text = typeof json === 'string' ? json : json.text;
  const hex = Array.from(sha256(encodeUtf8(text)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [...hex.slice(0, 10)].map((digit) => LETTERS[digit] ?? digit).join('');
}

function encodable(node: Node | undefined): GoValue {
  if (node === undefined) return new Str('', []);
  return node.kind === 'scalar' ? node.text : goValueOf(node);
}
