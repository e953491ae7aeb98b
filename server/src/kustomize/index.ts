/**
 * Kustomizations: building them with provenance, and what they refer to.
 *
 * Everything is pure: files in, resources and problems out.
 */
export type { Amendment } from './amendment.ts';
export { type BuildResult, buildKustomization } from './build.ts';
export type { KustomizeFiles } from './charts.ts';
export { DocumentCache } from './document-cache.ts';
export { BuiltResource, filesOf, originsOf } from './output.ts';
export { joinPath, KUSTOMIZATION_NAMES, relativePath } from './paths.ts';
export type { BuildLimits, KustomizeProblem } from './problems.ts';
export { namedPathsIn, referencesOf } from './references.ts';
