import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { valueHash } from '../detect/index.ts';
import { isActive } from '../engine/finding.ts';
import { evidenceAs } from '../report/evidence/formats.ts';
import { isFindingsFormat, reportAs } from '../report/formats.ts';
import { rulesAsJson, rulesAsMarkdown, rulesAsText } from '../report/rule-list.ts';
import { ruleAsText } from '../report/rule-text.ts';
import { type Run, type RunProblem, reaches } from '../report/run.ts';
import { rulePage } from '../rules/rule-pages.ts';
import { type Arguments, type CheckArguments, type ReportArguments, readArguments } from './arguments.ts';
import { type CheckHost, check } from './check.ts';
import { checkFor, gatherEvidence } from './evidence.ts';
import { runExport } from './export.ts';
import { codeOf } from './find-files.ts';
import { helpText } from './help.ts';
import { runInit } from './init.ts';
import { suggestion, tellUsage, UsageError } from './options.ts';
import { type RenderHost, runRender } from './render.ts';
import { runScaffold } from './scaffold.ts';

/** What the program takes from its surroundings besides files. */
export interface CommandHost extends CheckHost, RenderHost {
  /** Whether the terminal behind standard output shows colours. */
  readonly colour: boolean;
}

/** 0: nothing at or above the limit. 1: findings. 2: wrong usage, or input that could not be read. */
export type ExitCode = 0 | 1 | 2;

/** Runs the command line tool. `args` are those behind the program's name. */
export async function runCommand(args: readonly string[], host: CommandHost): Promise<ExitCode> {
  try {
    return await runArguments(readArguments(args), host);
  } catch (error) {
    return tellUsage(error, host.writeError);
  }
}

function runArguments(args: Arguments, host: CommandHost): ExitCode | Promise<ExitCode> {
  switch (args.command) {
    case 'check':
      return runCheck(args, host);
    case 'report':
      return runReport(args, host);
    case 'export':
      return runExport(args, host).then((exported) => writeOut(exported, args.output, host));
    case 'render':
      return runRender(args.args, host);
    case 'scaffold':
      return runScaffold(args, host);
    case 'init':
      return runInit(args, host);
    case 'rules':
      host.writeOutput(rulesAs(args.format, host));
      return 0;
    case 'explain':
      host.writeOutput(explanationOf(args.rule, host));
      return 0;
    case 'hash':
      host.writeOutput(`${hashOf(host)}\n`);
      return 0;
    case 'help':
      host.writeOutput(helpText(args.of));
      return 0;
    case 'version':
      host.writeOutput(`${host.version}\n`);
      return 0;
  }
}

/** @throws {UsageError} when there is no value: the hash of nothing would let nothing pass */
function hashOf({ standardInput }: CommandHost): string {
  const value = new TextDecoder().decode(standardInput);
  if (value.trim() === '') throw new UsageError('hash reads the value from standard input, which is empty.');
  return valueHash(value);
}

async function runCheck(options: CheckArguments, host: CommandHost): Promise<ExitCode> {
  const { run, fixedInput } = await check(options, host);
  for (const problem of run.problems) host.writeError(`${problemLine(problem)}\n`);
  const colour = host.colour && options.output === undefined;
  const report = reportAs(options.format, run, { colour });
  if (fixedInput !== undefined) host.writeOutput(fixedInput);
  const write = fixedInput === undefined ? host.writeOutput : host.writeError;
  writeReport(report, options.output, host, write);
  return exitCodeOf(run, options.failOn);
}

/** What is found decides nothing here: a report with violations is a report. */
async function runReport(options: ReportArguments, host: CommandHost): Promise<ExitCode> {
  const { report, run } = await reportOf(options, host);
  for (const problem of run.problems) host.writeError(`${problemLine(problem)}\n`);
  writeReport(report, options.output, host);
  return exitCodeOf(run, 'never');
}

async function reportOf(
  options: ReportArguments,
  host: CommandHost,
): Promise<{ readonly report: Iterable<string>; readonly run: Run }> {
  const { format } = options;
  if (isFindingsFormat(format)) {
    const run = await checkFor(options, format, host);
    return { report: reportAs(format, run, { colour: false }), run };
  }
  const { report, run } = await gatherEvidence(options, host);
  return { report: [evidenceAs(format, report)], run };
}

function writeOut(
  { text, problems }: { readonly text: string; readonly problems: readonly RunProblem[] },
  output: string | undefined,
  host: CommandHost,
): ExitCode {
  for (const problem of problems) host.writeError(`${problemLine(problem)}\n`);
  if (problems.length > 0) return 2;
  writeReport([text], output, host);
  return 0;
}

function problemLine({ path, position, message }: RunProblem): string {
  if (path === undefined) return message;
  const at = position === undefined ? '' : `:${position.line + 1}:${position.character + 1}`;
  return `${path}${at}: ${message}`;
}

/** @param output a path from the working folder; undefined for standard output */
function writeReport(
  report: Iterable<string>,
  output: string | undefined,
  { workingFolder, writeOutput }: CommandHost,
  write: (text: string) => void = writeOutput,
): void {
  if (output === undefined) {
    for (const piece of report) write(piece);
    return;
  }
  const path = resolve(workingFolder, output);
  try {
    writeFileSync(path, '');
    for (const piece of report) appendFileSync(path, piece);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    throw new UsageError(`The report cannot be written to ${path}${codeOf(error)}.`);
  }
}

function exitCodeOf({ files, problems }: Run, failOn: CheckArguments['failOn']): ExitCode {
  if (problems.some(({ level }) => level === 'error')) return 2;
  if (failOn === 'never') return 0;
  const fails = files.some(({ findings }) =>
    findings.some(({ finding }) => isActive(finding) && reaches(finding.severity, failOn)),
  );
  return fails ? 1 : 0;
}

function rulesAs(format: 'pretty' | 'json' | 'md', { rules, colour }: CommandHost): string {
  if (format === 'json') return rulesAsJson(rules);
  return format === 'md' ? rulesAsMarkdown(rules, rulePage) : rulesAsText(rules, { colour });
}

function explanationOf(id: string, { rules, colour }: CommandHost): string {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) {
    const ids = rules.map((candidate) => candidate.id);
    throw new UsageError(`There is no rule "${id}".${suggestion(id, ids)} kube-safeguards rules lists all.`);
  }
  return ruleAsText(rule, { colour });
}
