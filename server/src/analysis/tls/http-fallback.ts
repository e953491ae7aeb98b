import type { Resource } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import type { World } from '../world.ts';
import type { RedirectFact } from './facts.ts';
import { type AnnotationRow, INGRESS_ANNOTATIONS } from './http-annotations.ts';
import { HTTP_RESOURCES } from './http-resources.ts';
import { albFallback, gkeFallback, traefikFallback } from './http-special.ts';
import { controllerOf } from './ingress-controllers.ts';
import { hasTlsSection, isEncryptedWithoutSpec, isIngress } from './ingress-tls.ts';

/** A setting, present or absent, by which a server that could speak TLS answers plain HTTP. */
export interface HttpFallback {
  /** What serves the traffic, as people call it. */
  readonly product: string;
  /** `on`: a value says so; `default`: nothing says otherwise, and the product's default is to answer; `no-tls`: there is no TLS at all. */
  readonly because: 'on' | 'default' | 'no-tls';
  readonly at: Value;
  /** Below `at`, where a missing setting belongs. */
  readonly missing?: Path;
  /** The setting's name, for people. */
  readonly setting: string;
  /** What to write, by path of the document; empty where it depends on things that only people know. */
  readonly close: readonly {
    readonly path: Path;
    readonly value: string | boolean | { readonly [key: string]: string };
  }[];
  /** Objects that could redirect and do not. */
  readonly idle?: readonly RedirectFact[];
}

/** The kinds that can have one. */
export const HTTP_KINDS: readonly string[] = ['Ingress', ...HTTP_RESOURCES.map(({ kind }) => kind)];

/**
 * The ways in which a resource lets clients in by plain HTTP beside TLS, as the product that serves it reads its settings. Ingresses
 * without any TLS are not told: that is one decision before this one.
 */
export function httpFallbacksOf(resource: Resource, world: World): HttpFallback[] {
  if (isIngress(resource)) return ingressFallbacks(resource, world);
  return HTTP_RESOURCES.flatMap(({ kind, groups, find }) =>
    kind === resource.kind && groups.includes(resource.group) ? find(resource, world) : [],
  );
}

function ingressFallbacks(ingress: Resource, world: World): HttpFallback[] {
  if (!hasTlsSection(ingress) && !isEncryptedWithoutSpec(ingress, world)) return [];
  const controller = controllerOf(ingress, world);
  switch (controller) {
    case 'alb':
      return albFallback(ingress, world);
    case 'gke':
      return gkeFallback(ingress, world);
    case 'traefik':
      return traefikFallback(ingress, world);
    default:
      return INGRESS_ANNOTATIONS.flatMap((row) => annotationFallback(ingress, row, controller));
  }
}

function annotationFallback(
  ingress: Resource,
  row: AnnotationRow,
  controller: string | undefined,
): HttpFallback[] {
  const path: Path = ['metadata', 'annotations', row.key];
  const value = ingress.root.at(path);
  const overruled = row.unless?.some(([key, says]) => says.test(ingress.annotations.get(key)?.trim() ?? ''));
  if (overruled === true) return [];
  const base = {
    product: row.product,
    setting: row.key,
    close: [{ path: [...ingress.root.path, ...path], value: row.secure }],
  };
  if (value?.text !== undefined)
    return row.open.test(value.text.trim()) ? [{ ...base, because: 'on', at: value }] : [];
  return row.openByDefaultOf !== undefined && row.openByDefaultOf === controller
    ? [{ ...base, because: 'default', at: ingress.root, missing: path }]
    : [];
}
