import type { LabelSelector } from '../../kubernetes/selectors.ts';
import { type DocumentOperation, rename, set } from '../../syntax/edit/operations.ts';
import type { Entry, Value } from '../../syntax/values.ts';
import type { PodNetworkFact } from './pod-network.ts';

/** The one label of a selector that keeps it from matching, and what was probably meant. */
export interface NearestLabels {
  readonly at: Value;
  /** `app=portal`. */
  readonly label: string;
  readonly operations: readonly DocumentOperation[];
  /** One that carries it. */
  readonly pod: PodNetworkFact;
}

/** What makes a selector's `matchLabels` match some pod, when one label in it is nearly one of the pod's; undefined otherwise. */
export function nearestLabels(selector: Value, pods: readonly PodNetworkFact[]): NearestLabels | undefined {
  const entries = selector.get('matchLabels')?.entries ?? [];
  for (const entry of entries) {
    const others = entries.filter((other) => other !== entry);
    const candidates = pods.filter(({ podLabels }) =>
      others.every(({ key, value }) => podLabels.get(key) === value.text),
    );
    const nearest = nearestLabel(entry, candidates);
    if (nearest !== undefined) return nearest;
  }
  return undefined;
}

function nearestLabel(
  { key, value }: Entry,
  candidates: readonly PodNetworkFact[],
): NearestLabels | undefined {
  const text = value.text;
  if (text === undefined) return undefined;
  for (const pod of candidates) {
    const near = pod.podLabels.get(key);
    if (near !== undefined && isSlip(text, near))
      return { at: value, label: `${key}=${near}`, operations: [set(value.path, near)], pod };
  }
  // The same value under another key, such as `app` for `app.kubernetes.io/name`.
  for (const pod of candidates) {
    const [near] = [...pod.podLabels].find(([, own]) => own === text) ?? [];
    if (near !== undefined)
      return { at: value, label: `${near}=${text}`, operations: [rename(value.path, near)], pod };
  }
  return undefined;
}

/** Whether one slip alone keeps a selector from pods with these labels. */
export function nearlySelects(
  { matchLabels, matchExpressions }: LabelSelector,
  labels: ReadonlyMap<string, string>,
): boolean {
  const [slip, ...more] = [...matchLabels].filter(([key, value]) => labels.get(key) !== value);
  if (slip === undefined || more.length > 0 || matchExpressions.length > 0) return false;
  return isSlip(slip[1], labels.get(slip[0]) ?? '');
}

/**
 * Whether a text is another with one slip of the finger: a letter too many, too few, wrong or swapped with its neighbour, or other separators or capitals. Names that are
 * further apart, or that differ in a number, are names of different things.
 */
function isSlip(text: string, meant: string): boolean {
  if (text === meant || meant.length < 4) return false;
  if (plain(text) === plain(meant)) return true;
  let start = 0;
  while (start < text.length && text[start] === meant[start]) start++;
  let end = 0;
  const most = Math.min(text.length, meant.length) - start;
  while (end < most && text.at(-1 - end) === meant.at(-1 - end)) end++;
  const [written, wanted] = [text.slice(start, text.length - end), meant.slice(start, meant.length - end)];
  if (/\d/.test(written + wanted)) return false;
  const isSwap = written.length === 2 && written[0] === wanted[1] && written[1] === wanted[0];
  return isSwap || (written.length <= 1 && wanted.length <= 1);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[-_.]/g, '');
}
