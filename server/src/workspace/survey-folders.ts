import { type Survey, Surveyor } from '../analysis/survey.ts';
import { looksLikeManifest } from '../kubernetes/resource.ts';
import { isValuesFile } from './chart-values.ts';
import type { FileSystem } from './file-system.ts';
import { walk } from './walk.ts';

/** Folders nearer to the top come first; beyond this many files, more say nothing new. */
const MOST_FILES = 20_000;

/** Manifests are looked at up to this size, in bytes. */
const MAX_SIZE = 1_000_000;

/** Surveys the manifests and the values of charts in folders. Files that cannot be read are left out. */
export async function surveyFolders(fileSystem: FileSystem, folders: readonly string[]): Promise<Survey> {
  const surveyor = new Surveyor();
  let left = MOST_FILES;
  for (const root of folders) {
    for await (const { files = [] } of walk(fileSystem, root)) {
      for (const uri of files) {
        if (left-- <= 0) return surveyor.result();
        const content = await fileSystem.read(uri, MAX_SIZE, root);
        if (content === undefined || !('text' in content)) continue;
        if (looksLikeManifest(content.text) || isValuesFile(uri)) surveyor.add(content.text);
      }
    }
  }
  return surveyor.result();
}
