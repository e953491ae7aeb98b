/**
 * Measures what the rules themselves cost, in process: a full check of about 10,000 lines, made of the documents of examples/clinic, beyond parsing them; and
 * one edited document. Prints medians and fails nothing.
 */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { worldOf } from '../server/src/analysis/world.ts';
import { Checker } from '../server/src/engine/checker.ts';
import { DEFAULT_CONFIGURATION } from '../server/src/engine/configuration.ts';
import { createKubernetesSchemas } from '../server/src/kubernetes/schema/schemas.ts';
import { rules } from '../server/src/rules/index.ts';
import { DocumentText, splitDocuments } from '../server/src/syntax/documents.ts';
import { parseDocument } from '../server/src/syntax/parse.ts';
import { root } from './steps.ts';

const DOCUMENTS = 520;
const RUNS = 9;

const folder = join(root, 'examples/clinic/manifests');
const texts = globSync('*.yaml', { cwd: folder })
  .sort()
  .flatMap((file) => splitDocuments(readFileSync(join(folder, file), 'utf8')))
  .map(({ document }) => document.text);
const corpus = Array.from({ length: DOCUMENTS }, (_, index) => texts[index % texts.length] ?? '');
const schemas = createKubernetesSchemas((name) => readFileSync(join(root, 'dist/schemas', name), 'utf8'));

function checkAll(documents: readonly DocumentText[]): number {
  const checker = new Checker({ rules, schemas, configuration: DEFAULT_CONFIGURATION, today: '2026-01-01' });
  const inspections = documents.map((document) => checker.inspect(document));
  const world = worldOf(
    inspections.flatMap(({ facts }) => facts),
    true,
  );
  return inspections.reduce((sum, inspection) => sum + checker.findings(inspection, world, []).length, 0);
}

function medianTime(work: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[RUNS >> 1] ?? Number.NaN;
}

const fresh = () => corpus.map((text) => new DocumentText(text));
const findings = checkAll(fresh());
const parsing = medianTime(() => {
  for (const text of corpus) parseDocument(text);
});
const checking = medianTime(() => checkAll(fresh()));
const largest = corpus.toSorted((a, b) => b.length - a.length)[0] ?? '';
const edited = medianTime(() => checkAll([new DocumentText(`${largest}# edited\n`)]));

const lines = corpus.join('').split('\n').length;
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}: ${rules.length} rules, ${DOCUMENTS} documents, ${lines} lines, ${findings} findings`,
);
console.log(
  `parsing ${parsing.toFixed(0)} ms; checking beyond parsing ${(checking - parsing).toFixed(0)} ms; the largest document alone, parsed and checked, ${edited.toFixed(1)} ms`,
);
