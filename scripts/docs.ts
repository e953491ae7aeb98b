/** Writes docs/rules/ from the rules and their tests. */

import { writePages } from './rule-pages.ts';

console.log(`docs/rules: ${await writePages()} pages`);
