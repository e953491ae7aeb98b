import { sha256 } from '@noble/hashes/sha2.js';
import type { InputHash } from './model.ts';

/**
 * One hash of all inputs: that of the lines `<sha256 of the file>  <path>` in the order of the paths, as `sha256sum` writes them. So anybody with the
 * files can make it again.
 *
 * @param files contents by path
 */
export function hashInputs(files: ReadonlyMap<string, Uint8Array>): InputHash {
  const lines = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => `${hex(sha256(content))}  ${path}\n`);
  return { files: files.size, sha256: hex(sha256(new TextEncoder().encode(lines.join('')))) };
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
