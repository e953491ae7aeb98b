import { type ChildProcess, spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type Runtime, startServer } from '../../server/src/features/start.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { smallRules } from './small-rules.ts';

/** A language client for tests, on either end of streams. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  /** Answers to `workspace/configuration`, by section. */
  settings: unknown = {};
  #waiting: { wanted: (params: PublishDiagnosticsParams) => boolean; done: (d: Diagnostic[]) => void }[] = [];

  constructor(reader: StreamMessageReader, writer: StreamMessageWriter) {
    this.connection = createProtocolConnection(reader, writer);
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      const [due, later] = [
        this.#waiting.filter(({ wanted }) => wanted(params)),
        this.#waiting.filter(({ wanted }) => !wanted(params)),
      ];
      this.#waiting = later;
      for (const { done } of due) done(params.diagnostics);
    });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logged.push(message);
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.listen();
  }

  async initialize(
    capabilities: ClientCapabilities = {},
    params: Partial<InitializeParams> = {},
  ): Promise<InitializeResult> {
    const result = await this.connection.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      capabilities,
      ...params,
    });
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  open(uri: string, text: string, languageId = 'yaml', version = 1): Promise<void> {
    return this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
  }

  change(uri: string, version: number, contentChanges: unknown[]): Promise<void> {
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  close(uri: string): Promise<void> {
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** The next diagnostics published for a version. */
  publishedFor(uri: string, version?: number): Promise<Diagnostic[]> {
    return new Promise((done) => {
      const wanted = (params: PublishDiagnosticsParams) =>
        params.uri === uri && (version === undefined || params.version === version);
      this.#waiting.push({ wanted, done });
    });
  }

  /** Ends a server that has a process of its own. */
  async exit(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    this.connection.dispose();
  }
}

const TEST_RUNTIME: Runtime = {
  rules: smallRules,
  fileSystem: new MemoryFileSystem(),
  today: () => '2026-06-01',
};

/** A client of a server in this process, with a few small rules and no files unless told otherwise. */
export function connectInProcess(runtime: Partial<Runtime> = {}): TestClient {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const reader = new StreamMessageReader(toServer);
  startServer(createConnection(reader, new StreamMessageWriter(toClient)), { ...TEST_RUNTIME, ...runtime });
  return new TestClient(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
}

/** A client of a server in a process of its own. */
export function connectToProcess(script: string): { client: TestClient; process: ChildProcess } {
  const child = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const client = new TestClient(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  return { client, process: child };
}
