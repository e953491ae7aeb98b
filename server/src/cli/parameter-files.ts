import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParameterFiles } from '../workspace/repository-views.ts';

const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** More files below one folder are not looked at. */
const MAX_FILES = 10_000;

/** The files on disk that generators of applications ask for. */
export const PARAMETER_FILES: ParameterFiles = {
  filesBelow: (folder) => {
    const found: string[] = [];
    const open = [folder];
    for (let each = open.pop(); each !== undefined && found.length < MAX_FILES; each = open.pop()) {
      for (const entry of entriesOf(each)) {
        const path = join(each, entry.name);
        if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) open.push(path);
        else if (entry.isFile()) found.push(path);
      }
    }
    return found;
  },
  textOf: (file) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  },
};

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
