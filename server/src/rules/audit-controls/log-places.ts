import type { Spot } from '../../analysis/log-pipelines/sections.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { ScalarValue } from '../../syntax/values.ts';
import type { Place } from '../rule.ts';

/** Where a finding points: the very characters inside a text, or the value. */
export function placeOfSpot({ at, part }: Spot, text: string): Place {
  if (part === undefined || !(at instanceof ScalarValue) || at.via !== undefined) return at;
  return { range: sourceRangeOf(at, text, part), within: at };
}
