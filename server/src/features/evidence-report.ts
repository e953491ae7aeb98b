import packageJson from '../../../package.json' with { type: 'json' };
import { factsOfDocument } from '../analysis/facts.ts';
import { pipelineOf } from '../analysis/pipelines/pipeline.ts';
import { resourcesOf } from '../kubernetes/resource.ts';
import { type ConfigurationInForce, EvidenceCollector } from '../report/evidence/collect.ts';
import { documentsOfChart, documentsOfOverlay, typedPlaces } from '../report/evidence/deployed-documents.ts';
import { evidenceAs } from '../report/evidence/formats.ts';
import { hashInputs } from '../report/evidence/input-hash.ts';
import { junitReport } from '../report/junit.ts';
import type { CheckedFile, FileFinding, Run } from '../report/run.ts';
import { sarifReport } from '../report/sarif.ts';
import type { Rule } from '../rules/rule.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { LineIndex } from '../syntax/lines.ts';
import { parseDocument } from '../syntax/parse.ts';
import { shiftRange } from '../syntax/ranges.ts';
import type { EvidenceChart } from '../workspace/chart-findings.ts';
import type { EvidenceFile, EvidenceOverlay } from '../workspace/evidence-files.ts';
import type { CheckedFile as CheckedWorkspaceFile } from '../workspace/file-checker.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { commitAround } from '../workspace/git-commit.ts';
import { isPlacedAsTemplate, isTemplate } from '../workspace/templates.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { EvidenceReportParams } from './protocol.ts';

export interface EvidenceOptions {
  readonly rules: readonly Rule[];
  readonly fileSystem: FileSystem;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** The evidence report of a workspace, with what the editor has of open files. */
export async function evidenceReport(
  workspace: Workspace,
  format: EvidenceReportParams['format'],
  { rules, fileSystem, today }: EvidenceOptions,
): Promise<string> {
  const gathering = new Gathering(workspace.folders);
  for await (const overlay of workspace.evidenceOverlays()) gathering.addOverlay(overlay);
  for await (const file of workspace.evidenceFiles()) gathering.addFile(file);
  for await (const chart of workspace.evidenceCharts()) gathering.addChart(chart);
  const [folder] = workspace.folders;
  const commit = folder === undefined ? undefined : await commitAround(folder, fileSystem);
  const files = gathering.files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const run: Run = { toolVersion: packageJson.version, rules, files, problems: [] };
  if (format === 'sarif') return [...sarifReport(run)].join('');
  if (format === 'junit') return junitReport(run);
  const report = gathering.collector.report(run, {
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    today,
    ...(commit === undefined ? {} : { commit }),
    inputs: hashInputs(gathering.inputs),
    configurations: gathering.configurations,
  });
  return evidenceAs(format, report);
}

class Gathering {
  readonly collector = new EvidenceCollector();
  readonly files: CheckedFile[] = [];
  /** What was looked at, by path. */
  readonly inputs = new Map<string, Uint8Array>();
  readonly #configurations = new Map<string, ConfigurationInForce>();
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  get configurations(): readonly ConfigurationInForce[] {
    return [...this.#configurations]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, configuration]) => configuration);
  }

  addFile({
    file,
    text,
    world,
    configuration,
    configurationSource,
    isPart,
    unit: folder,
  }: EvidenceFile): void {
    const path = this.#pathOf(file.uri);
    const configurationFile =
      configurationSource === undefined ? undefined : this.#pathOf(configurationSource.uri);
    this.#configurations.set(configurationFile ?? '', { configuration, file: configurationFile });
    if (configurationFile !== undefined && configurationSource !== undefined)
      this.#take(configurationFile, configurationSource.text);
    this.#take(path, text);
    this.files.push(asChecked(path, text, file));
    if (isPart) return;
    const unit = folder && this.#pathOf(folder);
    for (const { document, startLine } of splitDocuments(text)) {
      if (isPlacedAsTemplate(file.uri, 'yaml', document.text)) continue;
      const parsed = parseDocument(document.text);
      if (isTemplate(file.uri, 'yaml', parsed)) continue;
      const resources = resourcesOf(parsed);
      const pipeline = pipelineOf(parsed);
      this.collector.add({
        place: typedPlaces(path, document.lines, startLine, unit),
        unit,
        isRelease: false,
        resources,
        pipeline,
        facts: factsOfDocument(resources, pipeline),
        world,
        settings: configuration.settings,
      });
    }
  }

  addOverlay({ overlay, world, uri, uriOf, textOf, configuration: { settings } }: EvidenceOverlay): void {
    const places = { unit: this.#pathOf(uri), shown: (file: string) => this.#pathOf(uriOf(file)), textOf };
    for (const document of documentsOfOverlay(overlay, places, { world, settings }))
      this.collector.add(document);
  }

  addChart({ sets, files, uriOf, configuration }: EvidenceChart): void {
    for (const { file, text } of files) {
      const path = this.#pathOf(file.uri);
      this.#take(path, text);
      this.files.push(asChecked(path, text, file));
    }
    const folder = this.#pathOf(uriOf('Chart.yaml')).replace(/\/?Chart\.yaml$/, '') || '.';
    const shown = (file: string) => this.#pathOf(uriOf(file));
    for (const { rendering } of sets) {
      for (const document of documentsOfChart(rendering, folder, shown, configuration.settings))
        this.collector.add(document);
    }
  }

  #take(path: string, text: string): void {
    this.inputs.set(path, new TextEncoder().encode(text));
  }

  /** Relative to its workspace folder; where there are several, behind the folder's name. */
  #pathOf(uri: string): string {
    if (this.#folders.length === 1 && uri === this.#folders[0]) return '.';
    const folder = this.#folders.find((candidate) => uri === candidate || uri.startsWith(`${candidate}/`));
    if (folder === undefined) return decodeURIComponent(uri.split('/').at(-1) ?? uri);
    const from = this.#folders.length > 1 ? folder.lastIndexOf('/') + 1 : folder.length + 1;
    return decodeURIComponent(uri.slice(from));
  }
}

function asChecked(path: string, text: string, { documents }: CheckedWorkspaceFile): CheckedFile {
  const lines = new LineIndex(text);
  const findings = documents.flatMap(({ placed, result }) =>
    result.findings.map((finding): FileFinding => {
      const range = shiftRange(finding.range, placed.start);
      const place = { range, start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
      return { finding, place, related: [], fixes: [] };
    }),
  );
  return { path, text, findings };
}
