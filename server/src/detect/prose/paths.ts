import { isPlainlyGivenName } from '../identifiers/given-names.ts';
import { nameTokensOf } from '../identifiers/names.ts';
import { pointsOf } from '../score.ts';
import type { TextContext } from '../types.ts';
import type { NamedCandidate } from './labelled.ts';

/** `/patients/00482913`, `Patient/00482913`; in names and labels also `patient-00482913`, `patient-jane-doe`. */
const PATH =
  /patients?(?:(?<joint>[/_.-])(?<id>\d{6,12})(?![\w.-]*\.\w)(?!\w)|[-._](?<name>[a-z]{2,20}[-._][a-z]{2,20})(?!\w))/iy;

export function pathCandidateAt(
  text: string,
  offset: number,
  context: TextContext,
): NamedCandidate | undefined {
  PATH.lastIndex = offset;
  const match = PATH.exec(text);
  if (match === null) return undefined;
  const { id, name, joint } = match.groups ?? {};
  if (id !== undefined && joint !== '/' && context.place !== 'metadata') return undefined;
  if (name !== undefined && (context.place !== 'metadata' || !isJoinedName(name))) return undefined;
  const value = id ?? name ?? '';
  const start = offset + match[0].length - value.length;
  return {
    kind: id === undefined ? 'name' : 'mrn',
    label: id === undefined ? 'name' : 'patient identifier',
    value,
    start,
    end: start + value.length,
    points: pointsOf(['looseShape', 'personKey']),
    evidence: ['in a path or name behind the word "patient"'],
    keys: context.keys,
    own: true,
  };
}

function isJoinedName(text: string): boolean {
  const tokens = nameTokensOf(text);
  return tokens !== undefined && tokens.length > 1 && isPlainlyGivenName(tokens[0] ?? '');
}
