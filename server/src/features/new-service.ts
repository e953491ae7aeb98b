import type { Say } from '../l10n/say.ts';
import { proposedConfiguration } from '../scaffold/configuration.ts';
import { scaffold } from '../scaffold/files.ts';
import { type AnswerLimits, readAnswers } from '../scaffold/read-answers.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { surveyFolders } from '../workspace/survey-folders.ts';
import { childUri } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { FolderSurvey, NewService, NewServiceParams } from './protocol.ts';

/** What is wrong with the answers, or the files of the service. */
export async function newService(
  { folder, answers }: NewServiceParams,
  workspace: Workspace,
  say: Say,
): Promise<NewService> {
  const read = readAnswers(answers, await limitsIn(folder, workspace), say);
  return 'problems' in read
    ? { problems: read.problems, files: [] }
    : { problems: [], files: scaffold(read.answers) };
}

export async function surveyOfFolder(
  folder: string,
  workspace: Workspace,
  fileSystem: FileSystem,
): Promise<FolderSurvey> {
  const { allowedRegistries } = await limitsIn(folder, workspace);
  const { phiNamespaces, registries, vendors: _, ...survey } = await surveyFolders(fileSystem, [folder]);
  return {
    ...survey,
    phiNamespaces: phiNamespaces.map(({ name }) => name),
    registries: allowedRegistries.length > 0 ? allowedRegistries : registries,
  };
}

export async function configurationFor(folder: string, fileSystem: FileSystem): Promise<string> {
  return proposedConfiguration(await surveyFolders(fileSystem, [folder]));
}

async function limitsIn(folder: string, { configurations }: Workspace): Promise<AnswerLimits> {
  const source = await configurations.sourceOf(childUri(folder, 'any'));
  return configurations.merged(source, {}).settings.images;
}
