import type { SkipReason } from '../workspace/file-system.ts';

export const SKIP_REASONS: Record<SkipReason, string> = {
  'too-large': 'it is larger than maxFileSize allows',
  binary: 'it is binary',
  'not-utf-8': 'it is not encoded as UTF-8',
  unreadable: 'it cannot be read',
  'outside-workspace': 'it is a symbolic link that leads out of the workspace',
};

/** Why a file is not checked, for people. */
export function skipNote(reason: SkipReason): string {
  return `Not checked by Kube Safeguards: ${SKIP_REASONS[reason]}.`;
}
