import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { shownText } from '../support/package-texts.ts';

const root = join(import.meta.dirname, '../..');
const steps = packageJson.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
/** Of the editor itself. */
const COMMANDS = ['workbench.actions.view.problems', 'editor.action.quickFix'];
/** In bytes, all pictures together: the package stays small. */
const MOST_BYTES = 300_000;

describe('the walkthrough', () => {
  it.each(steps.map((step) => [step.id, step] as const))('%s: its picture and commands exist', (_, step) => {
    expect(existsSync(join(root, step.media.image))).toBe(true);
    expect(shownText(step.media.altText).length).toBeGreaterThan(20);
    const known = [...COMMANDS, ...packageJson.contributes.commands.map(({ command }) => command)];
    const linked = [...shownText(step.description).matchAll(/\(command:([\w.]+)\)/g)].map(
      ([, command]) => command ?? '',
    );
    expect(linked).toHaveLength(1);
    expect(known).toEqual(expect.arrayContaining(linked));
    expect(step.completionEvents).toEqual(linked.map((command) => `onCommand:${command}`));
  });

  it('has small pictures', () => {
    const sizes = steps.map(({ media }) => statSync(join(root, media.image)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });
});
