import type { Hover, Position } from 'vscode-languageserver';
import { type ConfigurationSchema, schemaAt } from '../engine/configuration-schema.ts';
import type { Rule } from '../rules/rule.ts';
import { parseDocument } from '../syntax/parse.ts';
import { formatPath, type Path } from '../syntax/paths.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import type { Value } from '../syntax/values.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { type Markup, markupContent } from './markup.ts';
import type { RuleLinks } from './rule-links.ts';

/** What the key or value at a position of a configuration file means; undefined where nothing is known of it. */
export function hoverConfiguration(
  source: SourceFile,
  position: Position,
  rules: readonly Rule[],
  markup: Markup,
  links: RuleLinks,
): Hover | undefined {
  const { root } = parseDocument(source.text);
  const place = root && placeAt(root, [], source.offsetAt(position));
  const schema = place && schemaAt(place.path);
  if (place === undefined || schema === undefined) return undefined;
  const rule = place.path[0] === 'rules' ? rules.find(({ id }) => id === place.path[1]) : undefined;
  return {
    range: { start: source.positionAt(place.range.start), end: source.positionAt(place.range.end) },
    contents: markupContent(markup, [
      markup.bold(formatPath(place.path)),
      rule === undefined ? '' : ruleText(rule, markup, links),
      markup.text(schema.description ?? ''),
      choices(schema, markup),
      schema.default === undefined ? '' : `Default: ${markup.text(String(schema.default))}`,
    ]),
  };
}

function ruleText({ id, meta }: Rule, markup: Markup, links: RuleLinks): string {
  return `${markup.text(meta.title)} (${markup.link(id, links.ofHover(id))}). ${markup.text(meta.rationale)}`;
}

function choices({ enum: values, enumDescriptions }: ConfigurationSchema, markup: Markup): string {
  const lines = (values ?? []).map(
    (value, index) => `- ${markup.bold(value)}: ${markup.text(enumDescriptions?.[index] ?? '')}`,
  );
  return lines.join('\n');
}

/** The innermost key or scalar at an offset. */
function placeAt(value: Value, path: Path, offset: number): { path: Path; range: OffsetRange } | undefined {
  for (const entry of value.entries) {
    const below = [...path, entry.key];
    if (covers(entry.keyValue.range, offset)) return { path: below, range: entry.keyValue.range };
    if (covers(entry.value.range, offset)) return placeAt(entry.value, below, offset);
  }
  for (const [index, item] of value.items.entries()) {
    if (covers(item.range, offset)) return placeAt(item, [...path, index], offset);
  }
  return value.kind === 'scalar' ? { path, range: value.range } : undefined;
}

function covers({ start, end }: OffsetRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
