/** An operation that cannot be done without harm; the message tells a person why. Caught by `planOperation`, never seen outside. */
export class Refused extends Error {}

export function refuse(reason: string): never {
  throw new Refused(reason);
}
