import type { ActiveChart } from '../chart/dependencies.ts';
import { textOf } from '../chart/load.ts';
import type { Manifest } from './manifests.ts';

/** What `helm template` prints. */
export function printed(
  crds: readonly { path: string; text: string }[],
  manifests: readonly Manifest[],
  hooks: readonly Manifest[],
): string {
  const body = [...crds.map(printFile), ...manifests.map(printManifest)].join('');
  return `${trimSpace(body)}\n${hooks.map(printManifest).join('')}`;
}

function printManifest({ path, content }: Manifest): string {
  return `---\n# Source: ${path}\n${content.text}\n`;
}

function printFile({ path, text }: { path: string; text: string }): string {
  return `---\n# Source: ${path}\n${text}\n`;
}

function trimSpace(text: string): string {
  return text.replace(/^[\s\u0085]+/, '').trimEnd();
}

/** The files in crds/ of a chart and its dependencies, which are not templates. */
export function crdFiles(node: ActiveChart, path: string): { path: string; text: string }[] {
  const own = node.chart.files
    .filter(({ name }) => name.startsWith('crds/') && /\.(?:ya?ml|json)$/i.test(name))
    .map((file) => ({ path: `${path}/${file.name}`, text: textOf(file.data) }));
  const inherited = node.dependencies.flatMap((child) => crdFiles(child, `${path}/charts/${child.name}`));
  return [...own, ...inherited];
}
