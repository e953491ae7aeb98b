import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { BuiltOverlay } from '../engine/derived/overlay.ts';
import type { FileContents } from '../helm/index.ts';
import { EvidenceCollector } from '../report/evidence/collect.ts';
import { documentsOfChart, documentsOfOverlay, typedPlaces } from '../report/evidence/deployed-documents.ts';
import { hashInputs } from '../report/evidence/input-hash.ts';
import type { EvidenceReport } from '../report/evidence/model.ts';
import type { ReportFormat } from '../report/formats.ts';
import type { Run } from '../report/run.ts';
import { commitAround } from '../workspace/git-commit.ts';
import { NodeFileSystem } from '../workspace/node-file-system.ts';
import type { ReportArguments } from './arguments.ts';
import type { ChartFolder } from './chart-folder.ts';
import { type CheckHost, check } from './check.ts';
import type { Around, Onlooker } from './checking.ts';
import type { ConfiguredChecker } from './configurations.ts';
import type { FoundFile } from './find-files.ts';
import type { OverlayAround } from './kustomizations.ts';
import type { ManifestFile } from './manifest-file.ts';

/** What a report takes from its surroundings: what a check does, and the time in ms. */
type ReportHost = CheckHost & { readonly now: number };

/** Checks files and gathers what they show about the controls. */
export async function gatherEvidence(
  options: ReportArguments,
  host: ReportHost,
): Promise<{ readonly report: EvidenceReport; readonly run: Run }> {
  const at = timeOf(options, host);
  const today = at.slice(0, 10);
  const gathering = new Gathering(host.workingFolder);
  // In a format that does not tell of fixes, which would have to be planned.
  const run = await checkFor(options, 'junit', host, gathering);
  const commit = await commitAround(URI.file(host.workingFolder).toString(), new NodeFileSystem());
  const report = gathering.collector.report(run, {
    time: at,
    today,
    ...(commit === undefined ? {} : { commit }),
    inputs: hashInputs(gathering.inputs),
    configurations: [...gathering.checkers].map(({ configuration, path }) => ({ configuration, file: path })),
  });
  return { report, run };
}

/** Checks what a report is about, as of its time. */
export async function checkFor(
  options: ReportArguments,
  format: ReportFormat,
  host: ReportHost,
  onlooker?: Onlooker,
): Promise<Run> {
  const { paths, config, kubeVersion } = options;
  const { run } = await check(
    {
      command: 'check',
      paths,
      config,
      kubeVersion,
      format,
      isolated: false,
      whole: false,
      values: { files: [], set: [] },
      failOn: 'never',
      fix: undefined,
      output: undefined,
    },
    { ...host, today: timeOf(options, host).slice(0, 10) },
    onlooker,
  );
  return run;
}

function timeOf({ time }: ReportArguments, { now }: ReportHost): string {
  return time ?? new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Looks on while files are checked. */
class Gathering implements Onlooker {
  readonly collector = new EvidenceCollector();
  /** Everything that was read, by its path from the working folder. */
  readonly inputs = new Map<string, Uint8Array>();
  checkers: ReadonlySet<ConfiguredChecker> = new Set();
  readonly #workingFolder: string;

  constructor(workingFolder: string) {
    this.#workingFolder = workingFolder;
  }

  onFiles(files: readonly FoundFile[], checkers: Iterable<ConfiguredChecker>): void {
    this.checkers = new Set(checkers);
    for (const { path, absolutePath } of files) this.#read(path, absolutePath);
    for (const { path } of this.checkers) {
      if (path !== undefined) this.#read(path, `${this.#workingFolder}${sep}${path}`);
    }
  }

  onManifest(
    { path, documents }: ManifestFile,
    { world, unit: folder }: Around,
    { configuration }: ConfiguredChecker,
  ): void {
    const unit = folder && this.#shown(folder);
    for (const { placed, inspection } of documents) {
      this.collector.add({
        place: typedPlaces(path, placed.document.lines, placed.startLine, unit),
        unit,
        isRelease: false,
        resources: inspection.resources,
        pipeline: inspection.pipeline,
        facts: inspection.facts,
        world,
        settings: configuration.settings,
      });
    }
  }

  onOverlay(
    overlay: BuiltOverlay,
    { world, unit, pathOf, textOf }: OverlayAround,
    { configuration: { settings } }: ConfiguredChecker,
  ): void {
    const places = {
      unit: this.#shown(unit) || '.',
      shown: (file: string) => this.#shown(pathOf(file)),
      textOf,
    };
    for (const document of documentsOfOverlay(overlay, places, { world, settings }))
      this.collector.add(document);
  }

  onChart(chart: ChartFolder, { configuration }: ConfiguredChecker): void {
    for (const [file, content] of chart.files) this.inputs.set(this.#shown(file), bytesOf(content));
    const folder = this.#shown(chart.folder) || '.';
    const shown = (file: string) => chart.shown(file);
    for (const { rendering } of chart.checked.sets) {
      for (const document of documentsOfChart(rendering, folder, shown, configuration.settings))
        this.collector.add(document);
    }
  }

  #shown(path: string): string {
    return relative(this.#workingFolder, path).split(sep).join('/');
  }

  /** What cannot be read is told by the check. */
  #read(path: string, absolutePath: string): void {
    try {
      this.inputs.set(path, readFileSync(absolutePath));
    } catch {
      return;
    }
  }
}

function bytesOf(content: FileContents): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
