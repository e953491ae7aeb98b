/**
 * Which fixes of findings a report tells: none; those that can be made, as far as that shows soon, for reports that only say that there are
 * some; or all of them, as edits.
 */
export type WantedFixes = 'none' | 'some' | 'all';
