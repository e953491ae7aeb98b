/** The reference of `.kube-safeguards.yaml`, from its schema. */

import schema from '../schemas/configuration.schema.json' with { type: 'json' };

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
}

export function configurationPage(): string {
  const { properties = {} } = schema as Schema;
  const sections = Object.entries(properties).map(([name, section]) => sectionOf(name, section));
  return `<!-- Made by "npm run docs" from schemas/configuration.schema.json. -->

# Configuration

\`.kube-safeguards.yaml\` (or \`.yml\`) counts for the folder that it stands in and for everything below; the nearest one upward decides. The editor completes and explains
its keys, and says what is wrong with them. Settings of the editor give way to it.

${sections.join('\n\n')}
`;
}

function sectionOf(name: string, section: Schema): string {
  const rows = rowsOf(section, '');
  const values = enumList(section);
  return [
    `## ${name}`,
    section.description ?? '',
    facts(section),
    ...(values === '' ? [] : [values]),
    ...(rows.length === 0 ? [] : [['| key | value | meaning |', '| --- | --- | --- |', ...rows].join('\n')]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function facts(section: Schema): string {
  const { default: fallback } = section;
  const form = `Value: ${formOf(section)}.`;
  return fallback === undefined ? form : `${form} Default: \`${JSON.stringify(fallback)}\`.`;
}

function enumList({ enum: values, enumDescriptions = [] }: Schema): string {
  return (values ?? []).map((value, index) => `- \`${value}\`: ${enumDescriptions[index] ?? ''}`).join('\n');
}

/** A row for each key below a schema, with its way from there. */
function rowsOf(schema: Schema, prefix: string): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const way = prefix === '' ? name : `${prefix}.${name}`;
    const needed = schema.required?.includes(name) ? ' Required.' : '';
    const meaning = `${value.description ?? ''}${needed}`.replaceAll('|', '\\|');
    return [`| \`${way}\` | ${formOf(value)} | ${meaning} |`, ...rowsOf(value, way)];
  });
  const { items, additionalProperties } = schema;
  const ofItems = items?.properties === undefined ? [] : rowsOf(items, `${prefix}[]`);
  const ofNames =
    typeof additionalProperties !== 'object'
      ? []
      : [
          `| \`${prefix === '' ? '' : `${prefix}.`}<name>\` | ${formOf(additionalProperties)} | ${additionalProperties.description ?? ''} |`,
        ];
  return [...own, ...ofItems, ...ofNames];
}

function formOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return `list of ${schema.items?.type === 'object' ? 'mappings' : 'texts'}`;
  if (schema.type === 'integer') return `number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === 'object') return 'mapping';
  return schema.type === 'string' ? 'text' : (schema.type ?? 'any');
}
