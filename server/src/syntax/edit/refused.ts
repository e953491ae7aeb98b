import type { Text } from '../../l10n/say.ts';

/** An operation that cannot be done without harm; the message tells a person why. Caught by `planOperation`, never seen outside. */
export class Refused extends Error {
  readonly reason: Text;

  constructor(reason: Text) {
    super(reason);
    this.reason = reason;
  }
}

export function refuse(reason: Text): never {
  throw new Refused(reason);
}
