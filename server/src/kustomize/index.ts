/**
 * Kustomizations: building them with provenance, and what they refer to.
 *
 * Everything is pure: files in, resources and problems out.
 */
export type { Amendment } from './amendment.ts';
export { type BuildOptions, type BuildResult, buildKustomization, DocumentCache } from './build.ts';
export type { KustomizeFiles } from './charts.ts';
export { BuiltResource, filesOf, originsOf } from './output.ts';
export { joinPath, KUSTOMIZATION_NAMES, relativePath } from './paths.ts';
export {
  type BuildLimits,
  DEFAULT_BUILD_LIMITS,
  type KustomizeProblem,
  type KustomizeProblemKind,
} from './problems.ts';
export {
  KUSTOMIZE_GROUP,
  type KustomizationReferences,
  looksLikeKustomization,
  namedPathsIn,
  referencesOf,
} from './references.ts';
