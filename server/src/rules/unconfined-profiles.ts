import type { SecurityField } from '../analysis/pod-security/fields.ts';
import { isConfiningType } from '../analysis/pod-security/profiles.ts';
import { settingsOf } from '../analysis/pod-security/settings.ts';
import { titleOf } from '../analysis/pod-security/wording.ts';
import type { Pod } from '../kubernetes/pods.ts';
import { set } from '../syntax/edit/operations.ts';
import type { Report } from './rule.ts';

/**
 * What is to be said where a pod or a container of it names a profile that confines nothing.
 *
 * @param field the type of the profile
 * @param profile what it is called in the title of the fix
 */
export function unconfinedProfiles(
  pod: Pod,
  field: SecurityField<string>,
  profile: string,
): Report<'unconfined'>[] {
  return settingsOf(pod, field)
    .filter(({ value }) => !isConfiningType(value))
    .map(({ at, container }) => ({
      at,
      messageId: 'unconfined',
      data: { subject: titleOf(container) },
      fixes: [
        {
          title: `Set the ${profile} RuntimeDefault`,
          applicability: 'review',
          operations: [set(at.path, 'RuntimeDefault')],
        },
      ],
    }));
}
