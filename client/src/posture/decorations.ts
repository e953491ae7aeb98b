/** The worst severity of each file's findings, in the explorer. */

import {
  type Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  EventEmitter,
  type FileDecoration,
  type FileDecorationProvider,
  languages,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { DIAGNOSTIC_SOURCE, SETTINGS_SECTION } from '../../../server/src/features/protocol.ts';
import { t } from '../l10n.ts';
import { countsText } from './texts.ts';

const SETTING = 'explorerDecorations';

/** The editor itself colours names and counts problems; ours say that it is about a safeguard. */
const APPEARANCES = [
  { severity: DiagnosticSeverity.Error, badge: '◆', color: 'list.errorForeground' },
  { severity: DiagnosticSeverity.Warning, badge: '◇', color: 'list.warningForeground' },
] as const;

export function registerDecorations(): Disposable[] {
  const decorations = new FindingDecorations();
  return [
    decorations,
    window.registerFileDecorationProvider(decorations),
    languages.onDidChangeDiagnostics(({ uris }) => decorations.follow(uris)),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SETTINGS_SECTION}.${SETTING}`)) decorations.follow(undefined);
    }),
  ];
}

class FindingDecorations implements FileDecorationProvider, Disposable {
  readonly #changes = new EventEmitter<Uri[] | undefined>();
  readonly onDidChangeFileDecorations = this.#changes.event;

  follow(uris: readonly Uri[] | undefined): void {
    this.#changes.fire(uris === undefined ? undefined : [...uris]);
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (!workspace.getConfiguration(SETTINGS_SECTION, uri).get(SETTING, true)) return undefined;
    const found = languages.getDiagnostics(uri).filter(({ source }) => source === DIAGNOSTIC_SOURCE);
    const worst = APPEARANCES.find(({ severity }) =>
      found.some((diagnostic) => diagnostic.severity === severity),
    );
    if (worst === undefined) return undefined;
    const tooltip = t('Kube Safeguards: {0}', countsText(countsOf(found)));
    return { badge: worst.badge, color: new ThemeColor(worst.color), tooltip };
  }

  dispose(): void {
    this.#changes.dispose();
  }
}

function countsOf(found: readonly Diagnostic[]) {
  const count = (wanted: DiagnosticSeverity) => found.filter(({ severity }) => severity === wanted).length;
  return {
    error: count(DiagnosticSeverity.Error),
    warning: count(DiagnosticSeverity.Warning),
    information: count(DiagnosticSeverity.Information),
    covered: 0,
  };
}
