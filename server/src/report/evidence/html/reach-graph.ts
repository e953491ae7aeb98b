import type { Reach, ReachEdge, ReachNode } from '../model.ts';
import { html, type Markup, shortened } from './markup.ts';

const WIDTH = 900;
const NODE = { width: 230, height: 28, gap: 12 };
const MIDDLE = 330;
const RIGHT = 700;
const TOP = 30;

/** More nodes of a column are left to the table. */
const MOST_NODES = 30;

interface Placed extends ReachNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Callers on the left, what may hold PHI in the middle, the internet, addresses and whom it may send to on the right. */
export function reachGraph({ nodes, edges }: Reach): Markup {
  const column = (x: number, width: number, members: readonly ReachNode[]) =>
    members
      .slice(0, MOST_NODES)
      .map((node, index): Placed => ({ ...node, x, y: TOP + index * (NODE.height + NODE.gap), width }));
  const placed = [
    ...column(
      0,
      NODE.width,
      nodes.filter(({ type }) => type === 'other' || type === 'anything'),
    ),
    ...column(
      MIDDLE,
      NODE.width,
      nodes.filter(({ type }) => type === 'phi'),
    ),
    ...column(
      RIGHT,
      180,
      nodes.filter(({ type }) => type === 'internet' || type === 'callee'),
    ),
  ];
  const byId = new Map(placed.map((node) => [node.id, node]));
  const height = Math.max(...placed.map(({ y }) => y), TOP) + NODE.height + 10;
  return html`<svg role="img" aria-labelledby="reach-title" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"><title id="reach-title">Who can connect to workloads that may hold PHI, and where these can send; the table below lists every way.</title>
<defs>${arrowHead('head', 'head')}${arrowHead('head-open', 'head open')}</defs>
<text class="soft" x="0" y="16">Callers</text><text class="soft" x="${MIDDLE}" y="16">May hold PHI</text><text class="soft" x="${RIGHT}" y="16">Outside, or sent to</text>
${edges.map((edge) => edgeOf(edge, byId))}${placed.map(nodeOf)}</svg>`;
}

function arrowHead(id: string, classes: string): Markup {
  return html`<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="${classes}" d="M0 0L8 4L0 8z"/></marker>`;
}

function nodeOf({ label, type, x, y, width }: Placed): Markup {
  return html`<g><title>${label}</title><rect class="node ${type}" x="${x + 1}" y="${y}" width="${width}" height="${NODE.height}" rx="5"/><text x="${x + 10}" y="${y + 19}">${shortened(label, Math.floor((width - 20) / 7.2))}</text></g>\n`;
}

function edgeOf({ from, to, ports }: ReachEdge, byId: ReadonlyMap<string, Placed>): Markup {
  const start = byId.get(from);
  const end = byId.get(to);
  if (start === undefined || end === undefined) return html``;
  const isOpen = [start, end].some(({ type }) => type === 'internet' || type === 'anything');
  const kind = isOpen ? 'edge open' : 'edge';
  const head = isOpen ? 'head-open' : 'head';
  const words = `${start.label} to ${end.label}${ports.length > 0 ? `: ${ports.join(', ')}` : ''}`;
  return html`<path class="${kind}" d="${pathBetween(start, end)}" marker-end="url(#${head})"><title>${words}</title></path>\n`;
}

function pathBetween(start: Placed, end: Placed): string {
  const fromY = start.y + NODE.height / 2;
  const toY = end.y + NODE.height / 2;
  if (start.x === end.x) {
    // Within a column, around its right side.
    const x = start.x + start.width + 1;
    const bulge = x + 28 + Math.min(Math.abs(toY - fromY) / 3, 70);
    return `M${x} ${fromY - 4}C${bulge} ${fromY} ${bulge} ${toY} ${x} ${toY + 4}`;
  }
  const isRightward = start.x < end.x;
  const fromX = isRightward ? start.x + start.width + 1 : start.x;
  const toX = isRightward ? end.x : end.x + end.width + 1;
  const middle = (fromX + toX) / 2;
  return `M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
}
