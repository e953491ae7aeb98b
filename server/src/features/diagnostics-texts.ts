import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';

/** A notification as the protocol's base has it. */
interface Notification {
  readonly jsonrpc: string;
  readonly method: string;
  readonly params: PublishDiagnosticsParams;
}

/** Pushed diagnostics as JSON. Mostly they are those of the version before, so what a list says, and each item of it, is written down once. */
export class DiagnosticsTexts {
  readonly #lists = new WeakMap<readonly Diagnostic[], string>();
  readonly #items = new WeakMap<Diagnostic, string>();

  /** The JSON of a message in parts, of ASCII characters alone; undefined for other messages than `textDocument/publishDiagnostics`. */
  partsOf(message: object): string[] | undefined {
    if (!isPush(message)) return undefined;
    const { diagnostics, ...where } = message.params;
    const start = asciiJson({ ...message, params: where }).slice(0, -'}}'.length);
    return [`${start},"diagnostics":[`, this.#ofList(diagnostics), ']}}'];
  }

  #ofList(diagnostics: readonly Diagnostic[]): string {
    let known = this.#lists.get(diagnostics);
    if (known === undefined) {
      known = diagnostics.map((diagnostic) => this.#ofItem(diagnostic)).join(',');
      this.#lists.set(diagnostics, known);
    }
    return known;
  }

  #ofItem(diagnostic: Diagnostic): string {
    let known = this.#items.get(diagnostic);
    if (known === undefined) {
      known = asciiJson(diagnostic);
      this.#items.set(diagnostic, known);
    }
    return known;
  }
}

function isPush(message: object): message is Notification {
  return 'method' in message && message.method === 'textDocument/publishDiagnostics' && 'params' in message;
}

/** Only strings have other characters than ASCII. */
function asciiJson(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
}
