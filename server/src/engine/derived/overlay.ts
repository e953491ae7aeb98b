import { worldOf } from '../../analysis/world.ts';
import {
  type BuiltResource,
  buildKustomization,
  DocumentCache,
  filesOf,
  type KustomizeFiles,
  type KustomizeProblem,
  originsOf,
} from '../../kustomize/index.ts';
import { DocumentText } from '../../syntax/documents.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Checker, Inspection } from '../checker.ts';
import type { Finding } from '../finding.ts';
import type { Origin } from './source-map.ts';

/** A finding of a built resource, and where it was typed. */
export interface OverlayFinding {
  /** In offsets of the built text. */
  readonly finding: Finding;
  /** Of the value that decides: in a base, a patch or a kustomization. */
  readonly origin: Origin;
  /** What the finding is about, in the document that holds the origin. */
  readonly path: Path;
  /** Whether something is missing below the origin. */
  readonly isMissing: boolean;
}

/** A kustomization, built and checked. */
export interface CheckedOverlay {
  /** The path of its folder; empty for the root of the files. */
  readonly folder: string;
  readonly findings: readonly OverlayFinding[];
  /** All files that what it deploys is made from. */
  readonly files: ReadonlySet<string>;
  readonly problems: readonly KustomizeProblem[];
}

/** What several overlays share: files that are read once, and resources that are built alike. */
export class OverlayCache {
  readonly documents = new DocumentCache();
  readonly #built = new Map<string, DocumentText>();

  documentFor(text: string): DocumentText {
    let document = this.#built.get(text);
    if (document === undefined) {
      document = new DocumentText(text);
      this.#built.set(text, document);
    }
    return document;
  }
}

/** Builds the kustomization of a folder and checks what it deploys. */
export function checkOverlay(
  files: KustomizeFiles,
  folder: string,
  checker: Checker,
  cache = new OverlayCache(),
): CheckedOverlay {
  const { resources, problems } = buildKustomization(files, folder, { cache: cache.documents });
  const checked = resources.filter(isLookedAt).map((resource) => ({
    resource,
    inspection: checker.inspect(cache.documentFor(resource.text)),
  }));
  // What else the cluster holds is not known here, so nothing is missing for want of a document.
  const world = worldOf(
    checked.flatMap(({ inspection }) => inspection.facts),
    false,
  );
  const findings = checked.flatMap(({ resource, inspection }) =>
    findingsOf(resource, inspection, (one) => checker.findings(one, world, [])),
  );
  return { folder, findings, files: new Set(resources.flatMap((each) => [...filesOf(each)])), problems };
}

function findingsOf(
  resource: BuiltResource,
  inspection: Inspection,
  check: (inspection: Inspection) => readonly Finding[],
): OverlayFinding[] {
  return check(inspection).flatMap((finding) => {
    if (finding.resource === undefined) return [];
    const { trace, rest } = originsOf(resource, finding.path);
    const origin = trace.find(({ range }) => range !== undefined);
    if (origin === undefined) return [];
    return [{ finding, origin, path: [...origin.path, ...rest], isMissing: rest.length > 0 }];
  });
}

/** Definitions of custom resources are large, and no kustomization changes what rules say of them. */
export function isLookedAt({ kind }: { readonly kind: string }): boolean {
  return kind !== 'CustomResourceDefinition';
}
