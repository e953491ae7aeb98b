import { readFileSync } from 'node:fs';
import { factsOfText } from '../../server/src/workspace/file-facts.ts';

/**
 * Keeps what files say to others, as the index of a workspace does.
 *
 * Usage: node --expose-gc kept-facts.ts TIMES BYTES FILE...
 * Each file is read so many times, each time with other names and so many bytes of comments. Prints the bytes in use by what is kept for each FILE, as a
 * JSON object.
 */
const [times = 0, bytes = 0] = process.argv.slice(2, 4).map(Number);

function inUse(): number {
  gc?.();
  return process.memoryUsage().heapUsed;
}

const kept: unknown[] = [];
const used: Record<string, number> = {};
for (const file of process.argv.slice(4)) {
  const text = readFileSync(file, 'utf8');
  const before = inUse();
  for (let time = 0; time < times; time++) {
    // As a text that is read from a file: in one piece.
    const padded = Buffer.from(
      `${text.replaceAll('portal', `portal-${time}`)}\n# ${'-'.repeat(bytes)}\n`,
    ).toString();
    const { facts, names } = factsOfText(`file:///${time}.yaml`, padded);
    kept.push(facts, names);
  }
  used[file] = inUse() - before;
}
console.log(JSON.stringify(used));
