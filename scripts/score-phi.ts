import { detectPhi } from '../server/src/detect/index.ts';
import { type CorpusCase, readCorpus } from '../test/detect/corpus.ts';

/**
 * Prints recall and precision of the PHI detector by kind, over the corpus in test/fixtures/phi. A value counts as found when its kind and
 * its exact range are reported. `--misses` also prints what was missed, and what was reported without being marked.
 */

interface Score {
  wanted: number;
  found: number;
  wrong: number;
}

const scores = new Map<string, Score>();
const scoreOf = (kind: string): Score => {
  const known = scores.get(kind) ?? { wanted: 0, found: 0, wrong: 0 };
  scores.set(kind, known);
  return known;
};

const listMisses = process.argv.includes('--misses');
const positives = readCorpus('positives');
const negatives = readCorpus('negatives');
let alarms = 0;

for (const one of positives) judge(one);
for (const one of negatives) if (judge(one) > 0) alarms++;

/** Counts one case; answers how much of what was reported is wrong. */
function judge(one: CorpusCase): number {
  const found = detectPhi(one.text, one.context);
  const right = new Set<unknown>();
  for (const mark of one.marks) {
    const score = scoreOf(mark.kind);
    score.wanted++;
    const match = found.find(
      ({ kind, start, end }) => kind === mark.kind && start === mark.start && end === mark.end,
    );
    if (match === undefined) report(one, 'missed', mark.kind, mark.start, mark.end);
    else {
      score.found++;
      right.add(match);
    }
  }
  const wrong = found.filter((detection) => !right.has(detection));
  for (const { kind, start, end } of wrong) {
    scoreOf(kind).wrong++;
    report(one, 'wrong', kind, start, end);
  }
  return wrong.length;
}

function report(one: CorpusCase, what: string, kind: string, start: number, end: number): void {
  if (listMisses)
    console.log(`${one.file}:${one.line} ${what} ${kind}: ${JSON.stringify(one.text.slice(start, end))}`);
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
const rows = [...scores].sort(([a], [b]) => a.localeCompare(b));
console.log('kind          wanted  recall   precision');
for (const [kind, { wanted, found, wrong }] of [...rows, ['all', total()] as const]) {
  console.log(
    `${kind.padEnd(13)} ${String(wanted).padStart(6)}  ${percent(found, wanted).padEnd(8)} ${percent(found, found + wrong)}`,
  );
}
console.log(`negatives: ${negatives.length} cases, ${alarms} with a false alarm`);

function total(): Score {
  const sum = { wanted: 0, found: 0, wrong: 0 };
  for (const [, score] of rows) {
    sum.wanted += score.wanted;
    sum.found += score.found;
    sum.wrong += score.wrong;
  }
  return sum;
}
