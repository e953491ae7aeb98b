/** Tests which look and type as a person does. */

import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../scripts/steps.ts';
import { artifacts, emptyWorkspace, withEditor } from './editor.ts';
import type { Test } from './runner.ts';

const before = `apiVersion: v1
kind: Pod
metadata:
  name: portal
  namespace: clinic
spec:
  containers:
    - name: portal
      image: registry.example.com/portal:1.4.2
      securityContext:
        privileged: `;

/** What pages have and this file's own surroundings do not. */
interface Styling {
  getComputedStyle(element: unknown): { readonly backgroundColor: string };
}

export function personTests(browser: Browser): Test[] {
  return [
    {
      name: 'a person types a violation, opens the lightbulb and takes the fix',
      run: async () => {
        const workspace = await emptyWorkspace('person');
        const file = join(workspace, 'portal.yaml');
        await writeFile(file, before);
        await withEditor(browser, 'person', { workspace, file, extension: root }, async (page) => {
          await typeAtEnd(page, 'true');
          await underlined(page, 'privileged');
          await page.screenshot({ path: join(artifacts, 'person-1-typed.png') });

          const fix = await offeredFix(page, /privileged.*false/i);
          await page.screenshot({ path: join(artifacts, 'person-2-lightbulb.png') });
          await fix.click();

          await page
            .locator('.view-line')
            .filter({ hasText: /privileged:\sfalse/ })
            .waitFor();
          await page.screenshot({ path: join(artifacts, 'person-3-fixed.png') });
          await page.keyboard.press('Control+s');
          await page.locator('.tab.active:not(.dirty)').waitFor();
          const saved = await readFile(file, 'utf8');
          if (saved !== `${before}false`) throw new Error(`The file is now:\n${saved}`);
        });
      },
    },
    {
      name: 'a person completes a snippet and fills it in',
      run: async () => {
        const workspace = await emptyWorkspace('snippet');
        const file = join(workspace, 'namespace.yaml');
        await writeFile(file, '');
        await withEditor(browser, 'snippet', { workspace, file, extension: root }, async (page) => {
          await typeAtEnd(page, 'hipaa-namesp');
          await page.keyboard.press('Control+Space');
          await page
            .locator('.suggest-widget .monaco-list-row.focused', { hasText: 'hipaa-namespace' })
            .waitFor();
          await page.keyboard.press('Enter');
          await page
            .locator('.view-line')
            .filter({ hasText: /kind:\sNamespace/ })
            .waitFor();
          await page.keyboard.type('records');
          await page.screenshot({ path: join(artifacts, 'snippet.png') });
          await page.keyboard.press('Escape');
          await page.keyboard.press('Control+s');
          await page.locator('.tab.active:not(.dirty)').waitFor();
          const saved = await readFile(file, 'utf8');
          if (!saved.includes('  name: records\n')) throw new Error(`The file is now:\n${saved}`);
        });
      },
    },
    {
      name: 'a person has a finding explained: picked from the file, in an empty editor, and from the tree',
      run: async () => {
        const workspace = await emptyWorkspace('explain');
        const file = join(workspace, 'portal.yaml');
        await writeFile(file, `${before}true\n`);
        await withEditor(browser, 'explain', { workspace, file, extension: root }, async (page) => {
          await underlined(page, 'privileged');
          await page.keyboard.press('Control+Home'); // nothing is found on the first line
          await runCommand(page, 'Explain this finding');
          await page
            .locator('.quick-input-widget')
            .getByPlaceholder('Nothing is found on this line')
            .waitFor();
          await page.screenshot({ path: join(artifacts, 'explain-1-picked.png') });
          await page.keyboard.type('privileged-cont');
          await choose(page, 'privileged-container');
          const shown = page.frameLocator('iframe.webview').frameLocator('iframe');
          await shown.getByRole('heading', { name: 'What to do' }).waitFor();
          await page.screenshot({ path: join(artifacts, 'explain-2-page.png') });

          await page.keyboard.press('Control+k');
          await page.keyboard.press('Control+w'); // closes all editors
          await page.locator('.tab').first().waitFor({ state: 'detached' });
          await runCommand(page, 'Explain this finding');
          await page.locator('[id="status.notifications"]').click();
          await page.locator('.notifications-center', { hasText: 'put the caret on' }).waitFor();
          await page.screenshot({ path: join(artifacts, 'explain-3-empty.png') });

          await page.locator('.statusbar-item[id*="kubeSafeguards.posture"]').click();
          const rows = page.locator('.pane-body .monaco-list-row');
          await rows.filter({ hasText: 'Integrity' }).click();
          await rows.filter({ hasText: 'privileged-container' }).click();
          await chooseInMenu(page, 'Explain this finding');
          await shown.getByRole('heading', { name: 'What to do' }).waitFor();
        });
      },
    },
    {
      name: 'a person describes a new service, looks at a file, and has all of them written',
      run: async () => {
        const workspace = await emptyWorkspace('service');
        await withEditor(browser, 'service', { workspace, extension: root }, async (page) => {
          await runCommand(page, 'New PHI Service');
          await fillIn(page, 'The name of the service', 'records-api');
          await asked(page, 'Its namespace');
          await page.keyboard.type('default');
          await asked(page, 'a namespace of its own');
          await page.screenshot({ path: join(artifacts, 'service-1-refused.png') });
          await page.keyboard.press('Control+a');
          await fillIn(page, '', 'phi-records');
          await asked(page, 'Its image');
          // One back: the answer has stayed.
          await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
          await fillIn(page, 'Its namespace');
          await fillIn(page, 'Its image', 'registry.clinic.example/records/api:1.0.0');
          await fillIn(page, 'The port');
          await fillIn(page, 'Who calls it', 'portal');
          await choose(page, 'No database');
          await fillIn(page, 'The name under which');
          await choose(page, 'No mesh');
          await choose(page, 'Helm chart');
          await fillIn(page, 'The folder for its files');
          await choose(page, 'README.md');
          await page.locator('.tab', { hasText: 'README.md' }).waitFor();
          await page.screenshot({ path: join(artifacts, 'service-2-preview.png') });
          await choose(page, 'Write 17 files');
          await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'records-api' }).waitFor();
          await page.screenshot({ path: join(artifacts, 'service-3-written.png') });
          const values = await readFile(join(workspace, 'records-api/chart/values.yaml'), 'utf8');
          if (!values.includes('- name: portal\n')) throw new Error(`The values are:\n${values}`);
        });
      },
    },
    {
      name: 'a person sees the posture of a workspace: status bar, tree, filter, jump and fix',
      run: async () => {
        const workspace = await emptyWorkspace('posture');
        await writeFile(join(workspace, 'portal.yaml'), `${before}true\n`);
        await writeFile(
          join(workspace, '.kube-safeguards.yaml'),
          'phi: { namespaces: [clinic] }\nrules: { image-tag-mutable: "off" }\n',
        );
        await withEditor(browser, 'posture', { workspace, extension: root }, async (page) => {
          const status = page.locator('.statusbar-item[id*="kubeSafeguards.posture"]');
          await status.filter({ hasText: /PHI:\sclinic/ }).waitFor();
          await page
            .getByLabel(/The configuration lowers or excepts: image-tag-mutable/)
            .first()
            .waitFor();
          await status.click();
          const rows = page.locator('.pane-body .monaco-list-row');
          await rows.filter({ hasText: 'Integrity' }).waitFor();
          await page.screenshot({ path: join(artifacts, 'posture-1-tree.png') });

          await rows.filter({ hasText: 'Integrity' }).click();
          const rule = rows.filter({ hasText: 'privileged-container' });
          await rule.click();
          const finding = rows.filter({ hasText: /is privileged/ });
          await finding.click();
          await page.locator('.tab.active', { hasText: 'portal.yaml' }).waitFor();
          await page.locator('.codelens-decoration', { hasText: 'fix all' }).first().waitFor();
          await page.screenshot({ path: join(artifacts, 'posture-2-jump.png') });

          await finding.hover();
          await finding.getByRole('button', { name: 'Fix' }).click();
          await page
            .locator('.view-line')
            .filter({ hasText: /privileged:\sfalse/ })
            .waitFor();
          await rule.waitFor({ state: 'detached' });
          await page.screenshot({ path: join(artifacts, 'posture-3-fixed.png') });

          await runCommand(page, 'Group Posture By');
          await choose(page, 'Namespace');
          await rows.filter({ hasText: 'clinic' }).first().waitFor();
          await page.screenshot({ path: join(artifacts, 'posture-4-namespaces.png') });
        });
      },
    },
    {
      name: 'the status, the posture and the report work by keyboard and are told to screen readers',
      run: async () => {
        const workspace = await emptyWorkspace('spoken');
        await writeFile(join(workspace, 'portal.yaml'), `${before}true\n`);
        await withEditor(browser, 'spoken', { workspace, extension: root }, async (page) => {
          await runCommand(page, 'Show Posture');
          await page
            .getByRole('button', { name: /^Kube Safeguards: 5 errors, .* in 1 manifest\./ })
            .waitFor();
          const item = (name: RegExp) => page.getByRole('treeitem', { name });
          await item(/^Integrity: 4 errors/).waitFor();
          await runCommand(page, 'Show Posture'); // has the focus, now that there is something
          await page.locator('.pane-body .monaco-list:focus').waitFor();
          await page.keyboard.press('ArrowDown');
          await page.keyboard.press('Home');
          await page.keyboard.press('ArrowRight');
          await item(/^privileged-container: 1 error/).waitFor();
          await page.keyboard.press('Home');
          for (let row = 0; row < 3; row++) await page.keyboard.press('ArrowDown');
          await page.keyboard.press('ArrowRight');
          await item(/^Error: Container "portal" is privileged.* portal\.yaml:11/).waitFor();
          await page.keyboard.press('ArrowDown');
          await page.keyboard.press('Enter');
          // What comes up in the editor would close the menu.
          await page.locator('.codelens-decoration', { hasText: 'fix all' }).first().waitFor();
          await chooseInMenu(page, 'Fix', 'spoken-1-menu.png');
          await page
            .locator('.view-line')
            .filter({ hasText: /privileged:\sfalse/ })
            .waitFor();

          await runCommand(page, 'Show Evidence Report');
          const report = page.frameLocator('iframe.webview').frameLocator('iframe');
          await report.getByRole('main').waitFor();
          await report.getByRole('navigation', { name: 'Sections' }).waitFor();
          const focused = (text: string) => report.locator('a:focus', { hasText: text }).waitFor();
          await page.keyboard.press('Tab');
          await focused('Skip to the report');
          await page.keyboard.press('Tab');
          await focused('Summary'); // the first of the sections
          await page.keyboard.press('Enter');
          await focused('Summary');
        });
      },
    },
    {
      name: 'a person who reads German is spoken to in German',
      run: async () => {
        const workspace = await emptyWorkspace('german');
        const file = join(workspace, 'portal.yaml');
        await writeFile(file, `${before}true\n`);
        const options = { workspace, file, extension: root, language: 'de' };
        await withEditor(browser, 'german', options, async (page) => {
          await underlined(page, 'privileged');
          await page.locator('.statusbar-item', { hasText: /PHI:\süberall/ }).waitFor();
          await page.locator('.statusbar-item[id*="kubeSafeguards.posture"]').click();
          await page.locator('.composite.title', { hasText: 'Sicherheitslage' }).waitFor();
          await page
            .locator('.pane-body .monaco-list-row', { hasText: /\d Fehler/ })
            .first()
            .waitFor();
          await page.locator('.codelens-decoration', { hasText: 'alle beheben' }).waitFor();
          await page.screenshot({ path: join(artifacts, 'german-1-posture.png') });
          await runCommand(page, 'Neuer PHI-Dienst');
          await asked(page, 'Der Name des Dienstes');
          await page.keyboard.type('Portal');
          await page.keyboard.press('Enter');
          await asked(page, 'Der Name besteht aus Kleinbuchstaben');
          await page.screenshot({ path: join(artifacts, 'german-2-service.png') });
        });
      },
    },
    ...(
      [
        ['Light', 'workspace'],
        ['Dark', 'web'],
      ] as const
    ).map(([theme, kind]) => ({
      name: `a person reads the evidence report in the editor (${theme}, ${kind} extension)`,
      run: async () => {
        const workspace = await emptyWorkspace(`evidence-${theme}`);
        await cp(join(root, 'examples/clinic/manifests'), workspace, { recursive: true });
        const settings = { 'workbench.colorTheme': `Default ${theme} Modern`, ...runningAs(kind) };
        const options = { workspace, extension: root, settings };
        await withEditor(browser, `evidence-${theme}`, options, async (page) => {
          await runCommand(page, 'Show Evidence Report');
          const report = page.frameLocator('iframe.webview').frameLocator('iframe');
          await report.getByRole('heading', { name: 'Evidence of technical safeguards' }).waitFor();
          await report.getByRole('link', { name: 'Default-deny network policies' }).waitFor();
          await page.screenshot({ path: join(artifacts, `evidence-${theme}-1.png`) });
          // The report's own style sheet, which its policy lets in.
          const background = await backgroundOf(report);
          const wanted = theme === 'Dark' ? 'rgb(21, 24, 29)' : 'rgb(255, 255, 255)';
          if (background !== wanted) throw new Error(`The page is ${background}.`);
          await report.getByRole('link', { name: 'Reachability of PHI' }).click();
          await report.locator('svg .node.phi').first().waitFor();
          await page.screenshot({ path: join(artifacts, `evidence-${theme}-2.png`) });

          await intrude(report);
          const after = { background: await backgroundOf(report), pictures: await picturesIn(report) };
          if (after.background !== wanted || after.pictures !== 0)
            throw new Error(`The page has let something in: ${JSON.stringify(after)}.`);
          if ((await report.locator('body.ran').count()) > 0) throw new Error('The page has run a script.');
        });
      },
    })),
    {
      name: 'the web build works, with its server in a browser worker',
      run: async () => {
        const workspace = await emptyWorkspace('web');
        const file = join(workspace, 'portal.yaml');
        await writeFile(file, before);
        const settings = runningAs('web');
        await withEditor(browser, 'web', { workspace, file, extension: root, settings }, async (page) => {
          await typeAtEnd(page, 'true');
          await underlined(page, 'privileged');
        });
      },
    },
  ];
}

/** Settings by which the extension runs in a process beside the files, or in a worker of the browser. */
function runningAs(kind: 'workspace' | 'web') {
  return { 'remote.extensionKind': { 'kube-safeguards.kube-safeguards': [kind] } };
}

function backgroundOf(report: FrameLocator): Promise<string> {
  return report
    .locator('body')
    .evaluate((body) => (globalThis as unknown as Styling).getComputedStyle(body).backgroundColor);
}

/** Adds to a page what its policy has to refuse, and gives it the time to be taken in: a script, a style and a picture. */
async function intrude(report: FrameLocator): Promise<void> {
  await report.locator('body').evaluate(`(() => {
    const script = document.createElement('script');
    script.textContent = 'document.body.classList.add("ran")';
    const style = document.createElement('style');
    style.textContent = 'body { background: rgb(255, 0, 0) !important }';
    const picture = document.createElement('img');
    picture.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
    document.body.append(script, style, picture);
  })()`);
  await new Promise((done) => setTimeout(done, 1000));
}

/** The width of all pictures that a page shows. */
function picturesIn(report: FrameLocator): Promise<number> {
  return report
    .locator('body')
    .evaluate('[...document.images].reduce((sum, { naturalWidth }) => sum + naturalWidth, 0)');
}

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.locator('[id="status.languageStatus"]').waitFor(); // the extension is active
  await page.locator('.editor-instance .view-line').last().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}

/** Runs a command, again while the editor has not yet found its extensions. */
async function runCommand(page: Page, title: string): Promise<void> {
  await page.locator('.monaco-workbench').waitFor();
  const command = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (let attempt = 1; attempt < 10; attempt++) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget').waitFor();
    await page.keyboard.type(title);
    const isThere = await command.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return command.click();
    await page.keyboard.press('Escape');
  }
  throw new Error(`There is no command ${title}.`);
}

/** Takes an entry of the menu of what has the focus, by keyboard alone; the picture shows the menu with that entry reached. */
async function chooseInMenu(page: Page, name: string, picture?: string): Promise<void> {
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name, exact: true }).waitFor();
  const reached = page.locator('[role=menuitem]:focus', { hasText: name });
  for (let presses = 0; (await reached.count()) === 0; presses++) {
    if (presses === 5) throw new Error(`The keyboard does not reach ${name}.`);
    await page.keyboard.press('ArrowDown');
  }
  if (picture) await page.screenshot({ path: join(artifacts, picture) });
  await page.keyboard.press('Enter');
}

/** Resolves once the quick input shows a text. */
async function asked(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-message:visible', { hasText: text }).waitFor();
}

/** Answers the question with a text; without one, with the text that it proposes. */
async function fillIn(page: Page, question: string, text = ''): Promise<void> {
  await asked(page, question);
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function choose(page: Page, label: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).click();
}

/** Resolves once something on the line with `text` is underlined as an error. */
async function underlined(page: Page, text: string): Promise<void> {
  await page.waitForFunction(`(() => {
    const lines = [...document.querySelectorAll('.view-line')];
    const line = lines.find((line) => line.textContent.includes('${text}'))?.getBoundingClientRect();
    return [...document.querySelectorAll('.squiggly-error')].some(
      (underline) => line && Math.abs(underline.getBoundingClientRect().top - line.top) < line.height / 2,
    );
  })()`);
}

/** Opens the lightbulb's menu, again when diagnostics that arrive late have closed it. */
async function offeredFix(page: Page, title: RegExp): Promise<Locator> {
  const fix = page.locator('.action-widget .action').filter({ hasText: title }).first();
  await page.locator('.lightBulbWidget:visible, [class*="gutter-lightbulb"]:visible').first().waitFor();
  for (let attempt = 1; attempt < 5; attempt++) {
    await page.keyboard.press('Control+.');
    const isOffered = await fix.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (isOffered) return fix;
    await page.keyboard.press('Escape');
  }
  throw new Error(`No fix is offered that reads ${title}.`);
}
