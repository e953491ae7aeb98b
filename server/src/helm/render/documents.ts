import type { HelmError } from '../errors.ts';
import type { SkippedBranch } from '../trace/origin.ts';
import type { Str } from '../trace/text.ts';
import { compareStrings } from '../value/value.ts';
import { DocumentTrace } from './document-trace.ts';
import {
  isProblem,
  type Manifest,
  type ManifestProblem,
  readManifest,
  sortByKind,
  splitManifests,
} from './manifests.ts';
import type { KeptTemplate, NotedTemplate, RenderMemo } from './memo.ts';
import type { RenderedDocument } from './options.ts';
import type { Renderable } from './renderable.ts';

/** The text that a template gave. */
export interface RenderedTemplate {
  readonly renderable: Renderable;
  readonly text: Str;
  readonly skipped: readonly SkippedBranch[];
  /** What running it took and asked for; absent when nothing is kept. */
  readonly noted: NotedTemplate | undefined;
  /** Its manifests, when they are known already. */
  readonly manifests: KeptTemplate['manifests'] | undefined;
}

/** The manifests of all templates, in the order of the output, and what is no manifest. */
export interface SortedManifests {
  readonly manifests: readonly Manifest[];
  readonly hooks: readonly Manifest[];
  /** With the template, from the root of the chart, that made it. */
  readonly problems: readonly { readonly file: string; readonly error: HelmError }[];
}

/** Reads the manifests of all templates and sorts them for the output. Source: `SortManifests` of helm.sh/helm/v4/pkg/release/v1/util. */
export function sortedManifests(
  rendered: readonly RenderedTemplate[],
  memo: RenderMemo | undefined,
): SortedManifests {
  const manifests: Manifest[] = [];
  const problems: { file: string; error: HelmError }[] = [];
  for (const template of rendered.toSorted((a, b) => compareStrings(a.renderable.name, b.renderable.name))) {
    const { file } = template.renderable;
    for (const manifest of manifestsOf(template, memo)) {
      if (isProblem(manifest)) problems.push({ file, error: manifestError(manifest, file) });
      else manifests.push(manifest);
    }
  }
  return {
    manifests: sortByKind(manifests.filter(({ isHook }) => !isHook)),
    hooks: sortByKind(manifests.filter(({ isHook }) => isHook)),
    problems,
  };
}

/** The documents that a template gives, and those that it should give; they are read again where they are other ones than before. */
function manifestsOf(template: RenderedTemplate, memo: RenderMemo | undefined): KeptTemplate['manifests'] {
  const { renderable, text, skipped, noted } = template;
  const { name } = renderable;
  const before = memo?.before(name)?.manifests ?? [];
  const pieces = () => (name.endsWith('NOTES.txt') ? [] : splitManifests(text));
  const found =
    template.manifests ??
    pieces().flatMap((content, index) => {
      const known = before[index];
      const isKnown = known !== undefined && !isProblem(known) && known.content.text === content.text;
      return (isKnown ? { ...known, content } : readManifest(name, content)) ?? [];
    });
  if (noted !== undefined) memo?.keep(name, { ...noted, text, skipped, manifests: found });
  return found;
}

function manifestError({ message, content, offset: at }: ManifestProblem, file: string): HelmError {
  const offset = Math.min(at, content.text.length - 1);
  const origin = content.spanAt(offset)?.trace[0];
  return {
    kind: 'manifest',
    message,
    file: origin?.file ?? file,
    range: origin?.range,
    line: lineAt(content.text, offset),
  };
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end);
}

/** Manifests as readers see them. */
export function documentsOf(
  manifests: readonly Manifest[],
  rendered: readonly RenderedTemplate[],
): RenderedDocument[] {
  const templates = new Map(rendered.map((template) => [template.renderable.name, template]));
  return manifests.map(({ path, content, kind, isHook }) => {
    const template = templates.get(path);
    return {
      path,
      file: template?.renderable.file ?? path,
      text: content.text,
      kind,
      isHook,
      trace: new DocumentTrace(content),
      skipped: template?.skipped ?? [],
    };
  });
}
