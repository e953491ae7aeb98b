import type { Release } from '../chart/capabilities.ts';
import type { KeptValues } from '../chart/kept-values.ts';
import type { SetValue } from '../chart/set-values.ts';
import type { ValuesFile } from '../chart/values-file.ts';
import type { HelmError } from '../errors.ts';
import type { Observation } from '../template/runtime.ts';
import type { SkippedBranch } from '../trace/origin.ts';
import type { DocumentTrace } from './document-trace.ts';
import type { Limits } from './limits.ts';
import type { RenderMemo } from './memo.ts';
import type { TemplateCache } from './template-cache.ts';

/** What a chart is rendered with: the flags of `helm template`, and what readers of the result want to know. */
export interface RenderOptions {
  /** Values files in the order given; later ones win. */
  readonly values?: readonly ValuesFile[];
  /** Values given on the command line. */
  readonly set?: readonly SetValue[];
  /** The content of what `--set-file` names. */
  readonly readFile?: (path: string) => string | undefined;
  readonly release?: Partial<Release>;
  /** Such as `1.31`; default is that of Helm's client. */
  readonly kubeVersion?: string;
  /** APIs that the cluster has beside the known ones: `monitoring.coreos.com/v1`. */
  readonly apiVersions?: readonly string[];
  readonly includeCrds?: boolean;
  readonly limits?: Partial<Limits>;
  /** Milliseconds since 1970 for `now`. */
  readonly now?: number;
  /** False for those who want the text alone: it renders faster, and documents tell no origins. */
  readonly isTraced?: boolean;
  /** Told what the actions and conditions of templates were. */
  readonly observe?: (observation: Observation) => void;
  /** Keeps parsed templates from one rendering to the next. */
  readonly cache?: TemplateCache;
  /** The last rendering of the same chart with the same options, so that only what depends on edits is rendered again. Needs a `cache`. */
  readonly memo?: RenderMemo;
  /** Reads values files that have been edited. */
  readonly kept?: KeptValues;
}

/** A manifest of the rendered chart. */
export interface RenderedDocument {
  /** As the `# Source:` comment names it. */
  readonly path: string;
  /** The template from the root of the chart. */
  readonly file: string;
  readonly text: string;
  readonly kind: string;
  readonly isHook: boolean;
  readonly trace: DocumentTrace;
  /** What the template left out, in this or another of its documents. */
  readonly skipped: readonly SkippedBranch[];
}

export interface RenderResult {
  /** In the order of the output: sorted by kind, hooks last. Those of templates that work, even when others fail. */
  readonly documents: readonly RenderedDocument[];
  /** What `helm template` prints; it prints nothing when there are errors. */
  readonly print: () => string;
  /** The first is the one that `helm template` reports. */
  readonly errors: readonly HelmError[];
  /** The templates, from the root of the chart, that give nothing or not all because of errors. */
  readonly broken: ReadonlySet<string>;
}
