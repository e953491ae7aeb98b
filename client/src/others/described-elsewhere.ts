/**
 * Whose fields other extensions describe in a document, so that hover and completion do not say it twice: the YAML extension follows schemas that settings,
 * comments or the Kubernetes extension give it.
 */

import { type Extension, extensions, languages, RelativePattern, type TextDocument, workspace } from 'vscode';
import type { DescribedElsewhereParams } from '../../../server/src/features/protocol.ts';
import type { Help } from './others.ts';

const YAML_EXTENSION = 'redhat.vscode-yaml';

/** As `kubernetes://schema/apps%2Fv1%40deployment+v1%40service`, which is what the Kubernetes extension has for a file. */
const KUBERNETES_SCHEME = 'kubernetes';

/** A comment that names the schema of its document. */
const SCHEMA_COMMENT = /^#\s*yaml-language-server\s*:.*\$schema=(?!none\b)\S/im;

/** What the YAML extension lets others see: the schemas that extensions have brought it for a file. */
interface SchemaApi {
  requestCustomSchema?(resource: string): readonly string[];
}

export type Described = Omit<DescribedElsewhereParams, 'uri'>;
export const NOTHING: Described = { kinds: [], functions: false };

export function describedElsewhere(document: TextDocument, help: Help): Described {
  const yaml: Extension<SchemaApi> | undefined = extensions.getExtension(YAML_EXTENSION);
  const isHelped = workspace.getConfiguration('yaml', document).get(help, true);
  if (document.languageId !== 'yaml' || yaml?.isActive !== true || !isHelped) return NOTHING;
  if (isMatchedBySetting(document) || SCHEMA_COMMENT.test(document.getText()))
    return { kinds: 'all', functions: false };
  return { kinds: kindsIn(broughtSchemas(yaml.exports, document)), functions: false };
}

function broughtSchemas(api: SchemaApi | undefined, document: TextDocument): readonly string[] {
  try {
    return api?.requestCustomSchema?.(document.uri.toString()) ?? [];
  } catch {
    return []; // What others let us see can change.
  }
}

function kindsIn(schemas: readonly string[]): Described['kinds'] {
  const paths = schemas.map((schema) => {
    const [scheme, path = ''] = schema.split('://schema/');
    return scheme === KUBERNETES_SCHEME ? decodeURIComponent(path) : undefined;
  });
  const known = paths.filter((path) => path !== undefined);
  return known.length < paths.length ? 'all' : known.flatMap((path) => path.split('+'));
}

/** Whether `yaml.schemas` has a schema for the file: a pattern with a slash in front is relative to the workspace folder. */
function isMatchedBySetting(document: TextDocument): boolean {
  const schemas: Record<string, unknown> = workspace.getConfiguration('yaml', document).get('schemas', {});
  const folder = workspace.getWorkspaceFolder(document.uri);
  return Object.values(schemas)
    .flat()
    .filter((glob) => typeof glob === 'string')
    .some((glob) => {
      const pattern =
        glob.startsWith('/') && folder ? new RelativePattern(folder, glob.slice(1)) : `**/${glob}`;
      return languages.match({ pattern }, document) > 0;
    });
}
