import { formatPath } from '../syntax/paths.ts';
import type { CheckedFile, FileFinding } from './run.ts';

/**
 * Names a finding so that it is recognised again in a later run, wherever its lines have moved: a hash of its rule, file, resource and
 * path. The path may hold PHI, so it is never written out; a 64-bit hash of it together with the rest does not give it back.
 */
export function fingerprintOf({ path }: CheckedFile, { finding }: FileFinding): string {
  const { kind = '', name = '', namespace = '' } = finding.resource ?? {};
  const parts = [finding.rule, finding.messageId, path, kind, namespace, name, formatPath(finding.path)];
  return fnv1a(parts.join('\0'));
}

const PRIME = 0x100000001b3n;
const OFFSET_BASIS = 0xcbf29ce484222325n;

/** Fowler-Noll-Vo 1a of the UTF-16 code units, in 64 bits, as 16 hexadecimal digits. */
function fnv1a(text: string): string {
  let hash = OFFSET_BASIS;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * PRIME);
  }
  return hash.toString(16).padStart(16, '0');
}
