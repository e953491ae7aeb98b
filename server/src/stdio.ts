import { Console } from 'node:console';
import {
  type Connection,
  createConnection,
  type DataCallback,
  type Disposable,
  type Message,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { DiagnosticsTexts } from './features/diagnostics-texts.ts';

/** A connection over the standard streams, which writes what is pushed for each keystroke at little cost. */
export function connectionOverStdio(): Connection {
  // What is printed would be taken for messages.
  globalThis.console = new Console(process.stderr);
  const output = new StreamMessageWriter(process.stdout, { contentTypeEncoder: new DiagnosticsEncoder() });
  return createConnection(ProposedFeatures.all, new ClientReader(process.stdin), output);
}

/** Ends the process with its client, as the library does for connections that it makes itself. */
class ClientReader extends StreamMessageReader {
  #isShutDown = false;

  override listen(callback: DataCallback): Disposable {
    this.onClose(() => process.exit(this.#isShutDown ? 0 : 1));
    return super.listen((message) => {
      if ('method' in message && message.method === 'shutdown') this.#isShutDown = true;
      callback(message);
    });
  }
}

/** Encodes messages. Pushed diagnostics, which are long, go to the same memory each time; the writer has written one message before it asks for the next. */
class DiagnosticsEncoder {
  readonly name = 'application/json';
  readonly #texts = new DiagnosticsTexts();
  #memory = Buffer.alloc(0);

  async encode(message: Message): Promise<Uint8Array> {
    const parts = this.#texts.partsOf(message);
    if (parts === undefined) return Buffer.from(JSON.stringify(message));
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#memory.length < length) this.#memory = Buffer.allocUnsafeSlow(2 * length);
    let at = 0;
    for (const part of parts) at += this.#memory.write(part, at, 'latin1');
    return this.#memory.subarray(0, at);
  }
}
