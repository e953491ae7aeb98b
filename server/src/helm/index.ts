/**
 * Helm charts: loading, values, the template language, and rendering with provenance.
 *
 * Everything is pure: files in, documents and errors out.
 */
export { ArchiveError, unpackChart } from './chart/archive.ts';
export type { Chart, LoadedChart } from './chart/chart.ts';
export { compileFileMatch, compileGlob } from './chart/glob.ts';
export { fileFilter, parseIgnoreRules } from './chart/ignore.ts';
export { KeptValues } from './chart/kept-values.ts';
export { type FileContents, loadChart } from './chart/load.ts';
export type { SetFlag, SetValue } from './chart/set-values.ts';
export type { ValuesFile } from './chart/values-file.ts';
export type { HelmError, HelmErrorKind } from './errors.ts';
export { type LiteralText, literalText, touchesUnknown, UNKNOWN } from './language/literal-text.ts';
export { type Condition, DocumentTrace, type TracedSpan } from './render/document-trace.ts';
export { DEFAULT_LIMITS, type Limits } from './render/limits.ts';
export { RenderMemo } from './render/memo.ts';
export type { RenderedDocument, RenderOptions, RenderResult } from './render/options.ts';
export { renderChart } from './render/render.ts';
export { TemplateCache } from './render/template-cache.ts';
export { type RenderCommand, type RenderCommandResult, renderCommand } from './render-command.ts';
export { runTextTemplate, type TemplateData } from './text-template.ts';
export { type Origin, type OriginKind, type SkippedBranch, type Trace, withPath } from './trace/origin.ts';
