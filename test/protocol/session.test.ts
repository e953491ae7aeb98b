import { describe, expect, it } from 'vitest';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { POSTURE_REQUEST, STATUS_NOTIFICATION, type Status } from '../../server/src/features/protocol.ts';
import { connectInProcess, type TestClient } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: clinic }\n';
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: clinic }
spec: { podSelector: {} }
`;
const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, securityContext: { privileged: true } }
`;
const FOLDER = 'file:///work';
const URI = `${FOLDER}/app/namespace.yaml`;
const CONFIGURATION = `${FOLDER}/.kube-safeguards.yaml`;

const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

/** Waits until the diagnostics last pushed for a file are as wanted. */
async function until(client: TestClient, uri: string, wanted: (codes: unknown[]) => boolean): Promise<void> {
  for (;;) {
    const last = client.published.findLast((params) => params.uri === uri);
    if (last !== undefined && wanted(codes(last.diagnostics))) return;
    await client.publishedFor(uri);
  }
}

function pull(client: TestClient, uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  return client.connection.sendRequest('textDocument/diagnostic', {
    textDocument: { uri },
    previousResultId,
  });
}

function nextStatus(client: TestClient, wanted: (status: Status) => boolean = () => true): Promise<Status> {
  return new Promise((done) => {
    const listening = client.connection.onNotification(STATUS_NOTIFICATION, (status: Status) => {
      if (!wanted(status)) return;
      listening.dispose();
      done(status);
    });
  });
}

describe('the workspace', () => {
  it('is read, with progress, and then counts', async () => {
    const fileSystem = new MemoryFileSystem({ [URI]: NAMESPACE });
    const client = connectInProcess({ fileSystem });
    const ended = new Promise((done) => {
      client.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
        if (value.kind === 'end') done(undefined);
      });
    });
    await client.initialize({ window: { workDoneProgress: true } }, { rootUri: FOLDER });
    await client.open(URI, NAMESPACE);
    await ended;
    await until(client, URI, (found) => found.includes('namespace-default-deny-missing'));
  });

  it('follows files that the client tells of', async () => {
    const fileSystem = new MemoryFileSystem({ [URI]: NAMESPACE });
    const client = connectInProcess({ fileSystem });
    await client.initialize({}, { workspaceFolders: [{ uri: FOLDER, name: 'work' }] });
    await client.open(URI, NAMESPACE);
    await until(client, URI, (found) => found.length === 1);
    fileSystem.write(`${FOLDER}/policy.yaml`, POLICY);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `${FOLDER}/policy.yaml`, type: 1 }],
    });
    await until(client, URI, (found) => found.length === 0);
  });

  it('is judged by what other open files say, as soon as they say it', async () => {
    const client = connectInProcess({ fileSystem: new MemoryFileSystem({ [URI]: NAMESPACE }) });
    await client.initialize();
    await client.open(URI, NAMESPACE);
    await until(client, URI, (found) => found.length === 1);
    const policy = `${FOLDER}/app/policy.yaml`;
    await client.open(policy, 'a: 1\n');
    await client.change(policy, 2, [{ text: POLICY }]);
    await until(client, URI, (found) => found.length === 0);
    await client.close(policy);
    await until(client, URI, (found) => found.length === 1);
  });
});

describe('settings', () => {
  it('are asked for, and again when they change', async () => {
    const client = connectInProcess();
    client.settings = {
      rules: { 'privileged-container': 'information' },
      profile: 'nonsense',
      maxFileSize: null,
    };
    await client.initialize({ workspace: { configuration: true } });
    const first = client.publishedFor(URI, 1);
    await client.open(URI, POD);
    expect((await first).map(({ severity }) => severity)).toEqual([3]);
    client.settings = { rules: { 'privileged-container': 'off' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await until(client, URI, (found) => found.length === 0);
  });

  it('are taken from clients that only send them', async () => {
    const client = connectInProcess();
    const settings = { rules: { 'privileged-container': 'warning' } };
    await client.initialize({}, { initializationOptions: { settings } });
    const first = client.publishedFor(URI, 1);
    await client.open(URI, POD);
    expect((await first).map(({ severity }) => severity)).toEqual([2]);
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { kubeSafeguards: { rules: { 'privileged-container': 'off' } } },
    });
    await until(client, URI, (found) => found.length === 0);
  });

  it('decide which files are too large, which is said once in the file', async () => {
    const client = connectInProcess();
    await client.initialize({}, { initializationOptions: { settings: { maxFileSize: 50 } } });
    const first = client.publishedFor(URI, 1);
    await client.open(URI, POD);
    expect(await first).toMatchObject([{ code: 'file-skipped', severity: 3, range: { start: { line: 0 } } }]);
    const other = client.publishedFor(`${FOLDER}/notes.yaml`, 1);
    await client.open(`${FOLDER}/notes.yaml`, `a: ${'x'.repeat(100)}\n`);
    expect(await other).toEqual([]);
  });
});

describe('the configuration file', () => {
  it('is checked while it is typed, and counts at once', async () => {
    const client = connectInProcess();
    await client.initialize();
    await client.open(URI, POD);
    await until(client, URI, (found) => found.length === 1);
    const first = client.publishedFor(CONFIGURATION, 1);
    await client.open(CONFIGURATION, 'rules:\n  privileged-containr: off\n');
    expect(await first).toEqual([
      {
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 21 } },
        severity: 1,
        code: 'configuration-invalid',
        source: 'kube-safeguards',
        message: 'There is no rule "privileged-containr". Did you mean "privileged-container"?',
      },
    ]);
    await client.change(CONFIGURATION, 2, [{ text: 'rules:\n  privileged-container: off\n' }]);
    await until(client, URI, (found) => found.length === 0);
    await until(client, CONFIGURATION, (found) => found.length === 0);
    await client.close(CONFIGURATION);
    await until(client, URI, (found) => found.length === 1);
  });

  it('has completion and hover; other files have none of these', async () => {
    const client = connectInProcess();
    await client.initialize();
    await client.open(CONFIGURATION, 'pro');
    await client.open(URI, 'pro');
    const ask = (method: string, uri: string) =>
      client.connection.sendRequest<unknown[] | null>(method, {
        textDocument: { uri },
        position: { line: 0, character: 3 },
      });
    expect(await ask('textDocument/completion', CONFIGURATION)).not.toEqual([]);
    expect(await ask('textDocument/completion', URI)).toEqual([]);
    expect(await ask('textDocument/hover', URI)).toBeNull();
  });

  it('is told of in the status while it has problems', async () => {
    const client = connectInProcess({ fileSystem: new MemoryFileSystem({ [CONFIGURATION]: 'x: 1\n' }) });
    await client.initialize();
    const status = nextStatus(client, ({ configurationProblems }) => configurationProblems.length > 0);
    await client.open(URI, POD);
    expect(await status).toMatchObject({
      files: 1,
      errors: 1,
      configurationProblems: [{ uri: CONFIGURATION, line: 0, message: 'Unknown key "x".' }],
      loweredRules: [],
    });
  });

  it('cannot lower rules silently in a workspace that is not trusted', async () => {
    const lowered = 'rules: { privileged-container: off, yaml-syntax: error }\n';
    const client = connectInProcess({ fileSystem: new MemoryFileSystem({ [CONFIGURATION]: lowered }) });
    await client.initialize({}, { initializationOptions: { trusted: false } });
    const status = nextStatus(client, ({ loweredRules }) => loweredRules.length > 0);
    await client.open(URI, POD);
    expect(await status).toMatchObject({ errors: 0, loweredRules: ['privileged-container'] });
  });
});

describe('pulled diagnostics', () => {
  const PULL = { textDocument: { diagnostic: {} } };

  it('are told once as long as they are the same', async () => {
    const client = connectInProcess();
    await client.initialize(PULL);
    await client.open(URI, POD);
    const first = await pull(client, URI);
    expect(first).toMatchObject({ kind: 'full', items: [{ code: 'privileged-container' }] });
    const again = await pull(client, URI, first.resultId);
    expect(again).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await client.change(URI, 2, [{ text: `${POD}# more\n` }]);
    expect(await pull(client, URI, first.resultId)).toMatchObject({ kind: 'unchanged' });
    await client.change(URI, 3, [{ text: `# above\n${POD}` }]);
    expect(await pull(client, URI, first.resultId)).toMatchObject({ kind: 'full', items: [{}] });
  });

  it('are asked for again when something else has changed', async () => {
    const fileSystem = new MemoryFileSystem();
    const client = connectInProcess({ fileSystem });
    const refreshed = new Promise((done) => {
      client.connection.onRequest('workspace/diagnostic/refresh', () => {
        done(undefined);
        return null;
      });
    });
    await client.initialize({ ...PULL, workspace: { diagnostics: { refreshSupport: true } } });
    await client.open(URI, POD);
    expect(await pull(client, URI)).toMatchObject({ items: [{}] });
    fileSystem.write(CONFIGURATION, 'rules: { privileged-container: off }\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: CONFIGURATION, type: 1 }],
    });
    await refreshed;
    expect(await pull(client, URI)).toMatchObject({ items: [] });
  });

  it('are asked for again when an edit of another open file has changed them', async () => {
    const policies = `${FOLDER}/app/policies.yaml`;
    const fileSystem = new MemoryFileSystem({ [URI]: NAMESPACE, [policies]: POLICY });
    const client = connectInProcess({ fileSystem });
    let refreshed = () => {};
    client.connection.onRequest('workspace/diagnostic/refresh', () => {
      refreshed();
      return null;
    });
    const nextRefresh = () =>
      new Promise<void>((done) => {
        refreshed = done;
      });
    const read = nextRefresh();
    await client.initialize(
      { ...PULL, workspace: { diagnostics: { refreshSupport: true } } },
      { rootUri: FOLDER },
    );
    await client.open(URI, NAMESPACE);
    await client.open(policies, POLICY);
    await read;
    expect(await pull(client, URI)).toMatchObject({ items: [] });
    const told = nextRefresh();
    await client.change(policies, 2, [{ text: POLICY.replace('clinic', 'clinics') }]);
    await told;
    expect(await pull(client, URI)).toMatchObject({ items: [{}] });
  });

  it('of a configuration file are those of its present text', async () => {
    const client = connectInProcess();
    await client.initialize(PULL);
    await client.open(CONFIGURATION, 'x: 1\n');
    expect(await pull(client, CONFIGURATION)).toMatchObject({ items: [{ code: 'configuration-invalid' }] });
    await client.change(CONFIGURATION, 2, [{ text: 'rules: { privileged-container: off }\n' }]);
    expect(await pull(client, CONFIGURATION)).toMatchObject({ items: [] });
    await client.open(URI, POD);
    expect(await pull(client, URI)).toMatchObject({ items: [] });
  });

  it('are empty for files that are not open or of other languages', async () => {
    const client = connectInProcess();
    await client.initialize(PULL);
    await client.open(URI, POD, 'markdown');
    expect(await pull(client, URI)).toMatchObject({ items: [] });
    expect(await pull(client, `${FOLDER}/none.yaml`)).toMatchObject({ items: [] });
  });
});

describe('pushed diagnostics', () => {
  it('come for every version of a burst', async () => {
    const client = connectInProcess();
    await client.initialize();
    const last = client.publishedFor(URI, 20);
    void client.open(URI, POD);
    const start = { line: 0, character: 0 };
    for (let version = 2; version <= 20; version++) {
      void client.change(URI, version, [{ range: { start, end: start }, text: '#\n' }]);
    }
    await last;
    const versions = client.published.filter(({ uri }) => uri === URI).map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(client.published.at(-1)?.diagnostics).toMatchObject([{ range: { start: { line: 5 + 19 } } }]);
  });

  it('go away with the file', async () => {
    const client = connectInProcess();
    await client.initialize();
    await client.open(URI, POD);
    await until(client, URI, (found) => found.length === 1);
    await client.close(URI);
    await until(client, URI, (found) => found.length === 0);
  });

  it('are at most a thousand, the gravest, and a note', async () => {
    const client = connectInProcess();
    await client.initialize();
    const container = '    - { name: web, securityContext: { privileged: true } }\n';
    const first = client.publishedFor(URI, 1);
    await client.open(URI, POD + container.repeat(1200));
    const diagnostics = await first;
    expect(diagnostics).toHaveLength(1000);
    expect(diagnostics[0]).toMatchObject({
      code: 'too-many-findings',
      message: 'Only 999 of 1201 findings of this file are shown.',
    });
  });
});

describe('failures', () => {
  it.each([POSTURE_REQUEST, 'workspace/diagnostic'])(
    'of %s are told without what they are about',
    async (request) => {
      let isBroken = false;
      const fileSystem = new (class extends MemoryFileSystem {
        override async read(uri: string, maxSize: number) {
          if (isBroken) throw new SyntaxError(POD);
          return super.read(uri, maxSize);
        }
      })({ [URI]: POD });
      const client = connectInProcess({ fileSystem });
      const read = nextStatus(client, ({ indexing }) => !indexing);
      await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: FOLDER });
      await read;
      isBroken = true;
      const failure = await (request === POSTURE_REQUEST
        ? client.connection.sendRequest(request)
        : client.connection.sendRequest(request, { previousResultIds: [] })
      ).catch(String);
      expect(failure).toMatch(/failed$/);
      expect(client.logged.join()).toContain('SyntaxError');
      expect(`${failure} ${client.logged.join()}`).not.toContain('kind: Pod');
    },
  );

  it('to fetch what is needed before the first file keep nothing from being checked', async () => {
    const client = connectInProcess({ prepare: () => Promise.reject(new SyntaxError(POD)) });
    await client.initialize();
    const first = client.publishedFor(URI, 1);
    await client.open(URI, POD);
    expect(codes(await first)).toEqual(['privileged-container']);
    expect(client.logged.join()).toContain('preparing failed');
    expect(client.logged.join()).not.toContain('kind: Pod');
  });

  it('of a client to show progress do not keep the workspace from being read', async () => {
    const client = connectInProcess({ fileSystem: new MemoryFileSystem({ [URI]: NAMESPACE }) });
    client.connection.onRequest('window/workDoneProgress/create', () => {
      throw new Error('not today');
    });
    await client.initialize({ window: { workDoneProgress: true } }, { rootUri: FOLDER });
    await client.open(URI, NAMESPACE);
    await until(client, URI, (found) => found.includes('namespace-default-deny-missing'));
  });

  it('of a rule are told in the document and the log, without its text', async () => {
    const client = connectInProcess();
    await client.initialize();
    const first = client.publishedFor(URI, 1);
    await client.open(URI, `${POD.replace('name: web }', 'name: crash }')}---\n${POD}`);
    expect(codes(await first)).toEqual(['privileged-container', 'check-failed', 'privileged-container']);
    expect(client.logged.join('\n')).toMatch(/yaml-syntax failed: Error\n\s+at /);
    expect(client.logged.join('\n')).not.toContain('123-45-6789');
  });
});
