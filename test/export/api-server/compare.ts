/**
 * Holds the evaluator that the tests of policies use to the library of kube-apiserver: every policy is compiled as for Kubernetes 1.30 and for the library's own version, and both judge
 * each object of the rules' tables, and what is one field or item away from it. Then it looks for objects that cost more than an API server allows.
 *
 *     go build -C test/export/api-server -mod=mod -o /tmp/api-server .
 *     node test/export/api-server/compare.ts /tmp/api-server 36
 *
 * Needs Go, which fetches the library. Ends with 1 where the two differ.
 */

import type { AdmissionCheck } from '../../../server/src/export/checks/check.ts';
import { admissionChecks } from '../../../server/src/export/checks.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS } from '../../../server/src/rules/settings.ts';
import { unmark } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';
import { type ApiObject, admits, isAskedAbout, isPlain, objectsIn } from '../admission.ts';
import { type Json, mutantsOf } from '../mutants.ts';
import { costlyObjects } from './costly-objects.ts';
import { type Answer, Library, nameOf } from './library.ts';

const OLDEST = 30;
const settings = { ...DEFAULT_RULE_SETTINGS, businessAssociates: [{ name: 'Datadog' }] };
const checks = admissionChecks(settings, '2026-01-01');

const [program = '', minor = ''] = process.argv.slice(2);
for (const version of new Set([OLDEST, Number(minor)])) {
  const library = new Library(program, version, checks);
  const { asked, differences } = await compare(library);
  const costs = await costsOf(library);
  await library.close();
  console.log(
    `Kubernetes 1.${version}: ${checks.length} policies, ${asked} verdicts, ${differences.length} differ`,
  );
  for (const difference of differences.slice(0, 20)) console.log(`  ${difference}`);
  console.log(
    `  ${costs.asked} verdicts on large objects, ${costs.failed.length} beyond the limit; the dearest: ${costs.dearest}`,
  );
  for (const failed of costs.failed.slice(0, 20)) console.log(`  ${failed}`);
  if (differences.length + costs.failed.length > 0) process.exitCode = 1;
}

async function compare(library: Library) {
  const differences: string[] = [];
  let asked = 0;
  for (const { id, meta } of rules) {
    const mine = checks.filter(({ rule }) => rule === id);
    if (mine.length === 0) continue;
    const { cases } = (await import(`../../rules/${meta.safeguard}/${id}.cases.ts`)) as { cases: RuleCases };
    for (const { name, code } of [...cases.valid, ...cases.invalid].filter(isPlain)) {
      const objects = objectsIn(unmark(code).text);
      for (const object of objects) {
        const about = mine.filter((check) => isAskedAbout(object, check));
        const mutants = about.length === 0 ? [] : [...mutantsOf(object as unknown as Json)];
        for (const one of [object, ...(mutants as unknown as ApiObject[])]) {
          const still = about.filter((check) => isAskedAbout(one, check));
          const looksUp = still.some((check) => check.looksUp === true);
          const answers = await library.ask(still, one, looksUp ? objects : []);
          asked += answers.length;
          for (const [index, check] of still.entries())
            if (!agrees(check, one, objects, answers[index]))
              differences.push(
                `${nameOf(check)}: ${name}: ${answers[index]?.error ?? ''} ${JSON.stringify(one)}`,
              );
        }
      }
    }
  }
  return { asked, differences };
}

/** What cannot be evaluated has no form that an API server accepts; there, it is only evaluated where it is used. */
function agrees(check: AdmissionCheck, object: ApiObject, others: readonly ApiObject[], answer?: Answer) {
  try {
    return admits(check, object, others) === answer?.allowed && answer.error === undefined;
  } catch {
    return true;
  }
}

async function costsOf(library: Library) {
  const failed: string[] = [];
  let dearest: Answer | undefined;
  let asked = 0;
  for (const { name, object } of costlyObjects()) {
    const about = checks.filter((check) => check.looksUp !== true && isAskedAbout(object, check));
    for (const answer of await library.ask(about, object)) {
      asked++;
      if (answer.error !== undefined) failed.push(`${answer.policy}: ${name}: ${answer.error.slice(-80)}`);
      if (answer.cost > (dearest?.cost ?? 0)) dearest = answer;
    }
  }
  return { asked, failed, dearest: `${dearest?.policy}, ${dearest?.cost} units` };
}
