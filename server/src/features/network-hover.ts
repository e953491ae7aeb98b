import type { Hover, Position } from 'vscode-languageserver';
import { isSubject } from '../analysis/network/decide.ts';
import { policyNames } from '../analysis/network/describe.ts';
import { type Neighbour, type Neighbours, neighboursOf } from '../analysis/network/neighbours.ts';
import type { Direction } from '../analysis/network/network-policy.ts';
import { type PodNetworkFact, podNetworkFactOf } from '../analysis/network/pod-network.ts';
import { internetPassage, pointOf, siteOf } from '../analysis/network/points.ts';
import type { NetworkPolicyFact } from '../analysis/network/policy.ts';
import { networkPolicyFactOf } from '../analysis/network/policy-fact.ts';
import type { World } from '../analysis/world.ts';
import { inNamespace } from '../kubernetes/namespaced.ts';
import { type Resource, resourcesOf, textsOf } from '../kubernetes/resource.ts';
import { documentIndexAtLine, type PlacedDocument } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import { type Markup, markupContent } from './markup.ts';
import { toRange, touches } from './to-lsp.ts';

/** More workloads are counted. */
const MOST_NAMES = 8;

/**
 * On the name of a workload, a Service or a policy: who may connect to its pods and whom they may connect to, by the policies that are known. Undefined
 * elsewhere.
 */
export function hoverNetwork(
  documents: readonly PlacedDocument[],
  position: Position,
  world: World,
  markup: Markup,
): Hover | undefined {
  const placed = documents[documentIndexAtLine(documents, position.line)];
  if (placed === undefined) return undefined;
  const within = { start: position, end: position };
  for (const resource of resourcesOf(parseDocument(placed.document.text))) {
    const at = resource.root.at(['metadata', 'name']);
    const range = at && toRange(placed, at.site);
    if (range === undefined || !touches(range, within)) continue;
    const paragraphs = paragraphsOn(inNamespace(resource, world.namespace), world, markup);
    return paragraphs.length === 0 ? undefined : { range, contents: markupContent(markup, paragraphs) };
  }
  return undefined;
}

function paragraphsOn(resource: Resource, world: World, markup: Markup): string[] {
  const { name, namespace, labels, group, kind } = resource;
  const origin = { name, namespace, labels };
  if (kind === 'Service' && group === '') return onService(resource, world, markup);
  const workload = podNetworkFactOf(resource, origin);
  if (workload !== undefined) return onWorkload(workload, world, markup);
  const policy = networkPolicyFactOf(resource, origin);
  return policy === undefined ? [] : onPolicy(policy, world, markup);
}

function onWorkload(workload: PodNetworkFact, world: World, markup: Markup): string[] {
  if (workload.hostNetwork)
    return [markup.text('Its pods are on the network of their node: policies do not reach them.')];
  return (['ingress', 'egress'] as const).map((direction) =>
    sentence(neighboursOf(workload, direction, world), direction, markup),
  );
}

const TITLES: Readonly<Record<Direction, string>> = { ingress: 'Allowed callers', egress: 'Allowed callees' };

function sentence(
  { isLimited, workloads, internet }: Neighbours,
  direction: Direction,
  markup: Markup,
): string {
  const title = `${markup.bold(`${TITLES[direction]}:`)} `;
  if (!isLimited) {
    return (
      title +
      markup.text(
        direction === 'ingress'
          ? 'everybody, since no policy limits it.'
          : 'everywhere, since no policy limits it.',
      )
    );
  }
  const names = listOf(workloads.map((neighbour) => neighbourText(neighbour, direction)));
  const all = [...names, ...(internet ? ['addresses on the internet'] : [])];
  return title + markup.text(all.length === 0 ? 'nobody that is known here.' : `${all.join('; ')}.`);
}

function neighbourText({ workload, passages }: Neighbour, direction: Direction): string {
  const ports = [...new Set(passages.map(({ port }) => `${port.protocol} ${port.port}`))];
  // Without declared ports those of a workload stand for ranges, which are no help to a reader.
  const isDeclared = direction === 'ingress' || workload.ports.length > 0;
  const on = isDeclared && ports.length <= 4 ? ` on ${ports.join(', ')}` : '';
  const by = [...new Set(passages.flatMap((passage) => passage[direction]?.by ?? []))];
  return `${nameOf(workload)}${on}${by.length > 0 ? ` (${policyNames(by)})` : ''}`;
}

function nameOf({ kind, name, namespace }: PodNetworkFact): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function listOf(names: readonly string[]): string[] {
  const more = names.length - MOST_NAMES;
  return more > 0 ? [...names.slice(0, MOST_NAMES), `${more} more`] : [...names];
}

/** The callers of the pods behind a Service. */
function onService({ spec, namespace }: Resource, world: World, markup: Markup): string[] {
  const selector = textsOf(spec?.get('selector'));
  const workloads = world
    .matching('pod-network', 'namespace', namespace)
    .filter(
      ({ podLabels }) =>
        selector.size > 0 && [...selector].every(([key, value]) => podLabels.get(key) === value),
    );
  if (workloads.length === 0) return [];
  return [
    `${markup.bold('Pods:')} ${markup.text(`${listOf(workloads.map(nameOf)).join('; ')}.`)}`,
    ...workloads
      .slice(0, 2)
      .map((workload) => sentence(neighboursOf(workload, 'ingress', world), 'ingress', markup)),
  ];
}

/** The pods that a policy is about, and whom its rules let in or out. */
function onPolicy(policy: NetworkPolicyFact, world: World, markup: Markup): string[] {
  const subjects = world.facts('pod-network').filter((workload) => {
    const point = pointOf(workload, world);
    return policy.specs.some((spec) => isSubject({ fact: policy, spec }, point));
  });
  const selected =
    subjects.length === 0 ? 'none that is known here.' : `${listOf(subjects.map(nameOf)).join('; ')}.`;
  return [
    `${markup.bold('Selects:')} ${markup.text(selected)}`,
    ...(['ingress', 'egress'] as const).flatMap((direction) => {
      if (!policy.specs.some(({ rules }) => rules[direction].length > 0)) return [];
      const names = subjects
        .slice(0, MOST_NAMES)
        .flatMap((workload) =>
          neighboursOf(workload, direction, world).workloads.flatMap((neighbour) =>
            isAllowedBy(neighbour, direction, policy) ? [nameOf(neighbour.workload)] : [],
          ),
        );
      const opens = subjects.some((workload) => letsInternet(policy, workload, direction, world));
      const known = [...listOf([...new Set(names)]), ...(opens ? ['addresses on the internet'] : [])];
      const text = known.length === 0 ? 'nobody that is known here.' : `${known.join('; ')}.`;
      return [`${markup.bold(direction === 'ingress' ? 'Lets in:' : 'Lets out to:')} ${markup.text(text)}`];
    }),
  ];
}

function isAllowedBy({ passages }: Neighbour, direction: Direction, policy: NetworkPolicyFact): boolean {
  return passages.some((passage) => passage[direction]?.by.some((by) => isSamePolicy(by, policy)));
}

/** Whether the rules of a policy lead to or from the internet, and no other policy keeps them from it. */
function letsInternet(
  policy: NetworkPolicyFact,
  workload: PodNetworkFact,
  direction: Direction,
  world: World,
): boolean {
  const site = siteOf(workload, world);
  const own = site[direction].filter(({ fact }) => isSamePolicy(fact, policy));
  const way = internetPassage({ ...site, [direction]: own }, direction);
  return way?.decision.why === 'rule' && internetPassage(site, direction) !== undefined;
}

function isSamePolicy(a: NetworkPolicyFact, b: NetworkPolicyFact): boolean {
  return a.name === b.name && a.namespace === b.namespace && a.kind === b.kind;
}
