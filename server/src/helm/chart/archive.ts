import { gunzipSync } from 'fflate/browser';

/** Sizes beyond which an archive is not unpacked, as Helm's. */
const MAX_FILE_SIZE = 5 * 1024 * 1024;
const MAX_TOTAL_SIZE = 100 * 1024 * 1024;

/** Why an archive cannot be used. */
export class ArchiveError extends Error {}

const BLOCK = 512;

/**
 * The files of a packed chart (.tgz) by their path inside of the chart's folder.
 *
 * @throws ArchiveError
 */
export function unpackChart(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let files = unpacked.get(bytes);
  files ??= unpack(bytes);
  unpacked.set(bytes, files);
  return files;
}

/** A chart is rendered again with every edit; what is packed in it stays. */
const unpacked = new WeakMap<Uint8Array, ReadonlyMap<string, Uint8Array>>();

function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  const tar = gunzip(bytes);
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK <= tar.length; ) {
    const header = tar.subarray(offset, offset + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = readSize(header);
    const start = offset + BLOCK;
    const data = tar.subarray(start, start + size);
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') longName = readText(data);
    else if (type === 'x') longName = paxPath(data) ?? longName;
    else {
      const name = longName ?? headerName(header);
      longName = undefined;
      if (type === '0' || type === '\0') addFile(files, name, data);
    }
  }
  if (files.size === 0) throw new ArchiveError('no files in chart archive');
  return files;
}

function gunzip(bytes: Uint8Array): Uint8Array {
  // The last four bytes of gzip tell the size of what is inside.
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(Math.max(bytes.length - 4, 0), true);
  if (bytes.length < 18 || size > MAX_TOTAL_SIZE) {
    throw new ArchiveError(`decompressed chart is larger than the maximum size ${MAX_TOTAL_SIZE}`);
  }
  try {
    return gunzipSync(bytes);
  } catch {
    throw new ArchiveError('gzip: invalid header');
  }
}

function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}

function readSize(header: Uint8Array): number {
  const size = Number.parseInt(readText(header.subarray(124, 136)).trim() || '0', 8);
  if (!Number.isFinite(size) || size < 0) throw new ArchiveError('archive/tar: invalid tar header');
  if (size > MAX_FILE_SIZE) {
    throw new ArchiveError(`decompressed chart file is larger than the maximum file size ${MAX_FILE_SIZE}`);
  }
  return size;
}

function headerName(header: Uint8Array): string {
  const name = readText(header.subarray(0, 100));
  const isUstar = readText(header.subarray(257, 262)) === 'ustar';
  const prefix = isUstar ? readText(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** The path of a pax header: lines of `length key=value`. */
function paxPath(data: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(readText(data))?.[1];
}

function addFile(files: Map<string, Uint8Array>, name: string, data: Uint8Array): void {
  const parts = name.split(name.includes('\\') ? '\\' : '/');
  if (parts[0] === 'Chart.yaml') throw new ArchiveError('chart yaml not in base directory');
  const inner = parts.slice(1).filter((part) => part !== '' && part !== '.');
  if (inner.includes('..')) throw new ArchiveError('chart illegally references parent directory');
  if (inner.length === 0) {
    throw new ArchiveError(`chart illegally contains content outside the base directory: "${name}"`);
  }
  files.set(inner.join('/'), data);
}
