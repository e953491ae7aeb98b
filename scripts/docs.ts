/** Writes docs/rules/ and the references from the rules, their tests and the schema, and the names of the rules into package.json. */

import { writeReferencePages } from './reference-pages.ts';
import { writePages } from './rule-pages.ts';
import { writeRuleSetting } from './rule-setting.ts';

console.log(`docs/rules: ${await writePages()} pages`);
await writeReferencePages();
await writeRuleSetting();
