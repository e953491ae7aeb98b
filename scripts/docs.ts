/** Writes docs/rules/ from the rules and their tests, and the names of the rules into package.json. */

import { writePages } from './rule-pages.ts';
import { writeRuleSetting } from './rule-setting.ts';

console.log(`docs/rules: ${await writePages()} pages`);
await writeRuleSetting();
