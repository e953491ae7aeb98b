import type { Resource } from '../../kubernetes/resource.ts';
import { parseDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import { ScalarValue, type Value } from '../../syntax/values.ts';
import type { Origin } from '../origin.ts';
import type { World } from '../world.ts';

/** Istio's MeshConfig as some object carries it. */
export interface MeshConfig {
  readonly product: string;
  /** Undefined while the object sets none of it. */
  readonly value: Value | undefined;
  /** The text that the value was read from; then its ranges and paths are of that text. Otherwise it stands in the object itself. */
  readonly embedded: ScalarValue | undefined;
  /** Where it belongs in the object. */
  readonly path: Path;
}

export interface MeshConfigFact extends Origin {
  readonly type: 'mesh-config';
  readonly rootNamespace: string | undefined;
  /** Whether proxies write access logs without a Telemetry that says so. */
  readonly logsAccess: boolean;
}

/** Names of the ConfigMap. */
export const OF_ISTIO = /^istio(?:-|$)/;

/** Istio's own default. */
export const DEFAULT_ROOT_NAMESPACE = 'istio-system';

/** Profiles that install no control plane of their own, so that their mesh configuration is somebody else's. */
export const WITHOUT_CONTROL_PLANE: ReadonlySet<string> = new Set(['empty', 'remote', 'external']);

/**
 * The MeshConfig in the ConfigMap `istio` (or `istio-<revision>`), an IstioOperator, or an Istio object of the Sail operator.
 *
 * Source: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ and
 * https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 */
export function meshConfigOf(resource: Resource): MeshConfig | undefined {
  const { group, kind, name, root, spec } = resource;
  switch (`${group}/${kind}`) {
    case '/ConfigMap':
      return OF_ISTIO.test(name) ? embeddedConfig(root) : undefined;
    case 'install.istio.io/IstioOperator': {
      const path = [...root.path, 'spec', 'meshConfig'];
      return { product: kind, value: spec?.get('meshConfig'), embedded: undefined, path };
    }
    case 'sailoperator.io/Istio': {
      const path = [...root.path, 'spec', 'values', 'meshConfig'];
      return { product: kind, value: spec?.at(['values', 'meshConfig']), embedded: undefined, path };
    }
    default:
      return undefined;
  }
}

function embeddedConfig(root: Value): MeshConfig | undefined {
  const embedded = root.at(['data', 'mesh']);
  if (!(embedded instanceof ScalarValue) || embedded.text === undefined) return undefined;
  const value = parseDocument(embedded.text).root;
  if (value?.kind !== 'map') return undefined;
  return { product: 'ConfigMap', value, embedded, path: embedded.path };
}

/** Whether an object installs the control plane that its MeshConfig is for. */
export function installsControlPlane({ kind, spec }: Resource): boolean {
  if (kind !== 'IstioOperator') return true;
  const profile = spec?.get('profile')?.text ?? '';
  return (
    !WITHOUT_CONTROL_PLANE.has(profile) && spec?.at(['components', 'pilot', 'enabled'])?.boolean !== false
  );
}

export function meshConfigFactOf(
  resource: Resource,
  origin: Origin,
  logsAccess: (resource: Resource, config: MeshConfig) => boolean,
): MeshConfigFact | undefined {
  const config = meshConfigOf(resource);
  if (config === undefined) return undefined;
  return {
    type: 'mesh-config',
    ...origin,
    rootNamespace: config.value?.get('rootNamespace')?.text,
    logsAccess: logsAccess(resource, config),
  };
}

/** The namespace whose policies hold for the whole mesh. */
export function rootNamespaceOf(world: World): string {
  const said = world.facts('mesh-config').flatMap(({ rootNamespace }) => rootNamespace ?? []);
  return said.find((namespace) => namespace !== '') ?? DEFAULT_ROOT_NAMESPACE;
}
