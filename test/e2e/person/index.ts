/** Tests which look and type as a person does, with the extension in either kind of extension host. */

import type { Browser } from 'playwright-core';
import type { Test } from '../runner.ts';
import { evidenceTests } from './evidence.ts';
import { firstContactTests } from './first-contact.ts';
import { germanTests } from './german.ts';
import { editorsOf, KINDS } from './page.ts';
import { postureTests } from './posture.ts';
import { serviceTests } from './service.ts';
import { writingTests } from './writing.ts';

export function personTests(browser: Browser): Test[] {
  const groups = [firstContactTests, writingTests, serviceTests, postureTests, germanTests, evidenceTests];
  return KINDS.flatMap((kind) => {
    const tests = groups.flatMap((group) => group(editorsOf(kind, browser), kind));
    return tests.map(({ name, run }) => ({ name: `${name} (${kind} extension)`, run }));
  });
}
