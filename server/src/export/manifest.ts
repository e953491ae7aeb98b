import { type Layout, USUAL_SPACING } from '../syntax/edit/layout.ts';
import type { PlainValue } from '../syntax/edit/operations.ts';
import { renderBlock } from '../syntax/edit/render.ts';

const LAYOUT: Layout = {
  json: false,
  quotes: 'plain',
  lineEnd: '\n',
  step: 2,
  listStep: 2,
  flow: USUAL_SPACING,
};

/** Objects as one file of YAML. */
export function manifestOf(objects: readonly PlainValue[]): string {
  return objects.map((object) => `---\n${renderBlock(object, 0, LAYOUT)}\n`).join('');
}
