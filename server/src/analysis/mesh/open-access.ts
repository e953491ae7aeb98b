import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { coverEverything } from '../network/cidr.ts';

/*
 * Authorization that lets everybody in.
 *
 * Source: https://istio.io/latest/docs/reference/config/security/authorization-policy/ (Rule, Source, Operation),
 * https://linkerd.io/2/reference/authorization-policy/, https://developer.hashicorp.com/consul/docs/connect/config-entries/service-intentions
 */

/** Fields of a source that may name everybody with an identity by `*`, and everybody by blocks of addresses. */
export const IDENTITIES: readonly string[] = ['principals', 'namespaces'];
export const ADDRESS_BLOCKS: readonly string[] = ['ipBlocks', 'remoteIpBlocks'];
/** Values of an operation that leave nothing out. */
export const ANYTHING: readonly string[] = ['*', '/*'];

/** A rule of an AuthorizationPolicy that allows everybody everything. */
export interface OpenRule {
  readonly rule: Value;
  /** The items of `from` that let everybody in; none when the rule asks for no source. */
  readonly openSources: readonly OpenSource[];
  /** Whether other items of `from` name callers. */
  readonly namesCallers: boolean;
}

export interface OpenSource {
  readonly item: Value;
  /** The list with the wildcard. */
  readonly at: Value;
  /** `identity`: clients still have to prove some identity of the mesh, but any will do. */
  readonly who: 'anybody' | 'identity';
}

/**
 * The open rules of a policy with the action ALLOW: those that neither `from` nor `to` nor `when` narrows. Everything else than ALLOW takes rights
 * away, so that a rule without limits is the strictest there.
 */
export function openRulesOf({ spec }: Resource): OpenRule[] {
  const action = spec?.get('action');
  if (action !== undefined && !action.isNull && action.text !== 'ALLOW') return [];
  return (spec?.get('rules')?.items ?? []).flatMap((rule) => openRule(rule) ?? []);
}

function openRule(rule: Value): OpenRule | undefined {
  const isLimited = (rule.get('when')?.items.length ?? 0) > 0 || narrowsOperations(rule);
  if (rule.kind !== 'map' || isLimited) return undefined;
  const sources = rule.get('from')?.items ?? [];
  const openSources = sources.flatMap((item) => openSource(item) ?? []);
  if (sources.length > 0 && openSources.length === 0) return undefined;
  return { rule, openSources, namesCallers: sources.length > openSources.length };
}

function narrowsOperations(rule: Value): boolean {
  const operations = rule.get('to')?.items ?? [];
  return operations.length > 0 && !operations.some((item) => isAnyOperation(item.get('operation')));
}

/** An operation without any field is invalid, and narrows as little as one that Istio would read. */
function isAnyOperation(operation: Value | undefined): boolean {
  const fields = operation?.entries ?? [];
  return (
    fields.length > 0 &&
    fields.every(({ key, value }) => !key.startsWith('not') && key !== 'ports' && hasWildcard(value))
  );
}

function hasWildcard(list: Value): boolean {
  return list.items.some(({ text }) => ANYTHING.includes(text ?? ''));
}

function openSource(item: Value): OpenSource | undefined {
  const fields = item.get('source')?.entries ?? [];
  if (!fields.every(({ key, value }) => isOpenField(key, value))) return undefined;
  const named = fields.find(({ key }) => IDENTITIES.includes(key));
  const at = (named ?? fields[0])?.value;
  return at && { item, at, who: named === undefined ? 'anybody' : 'identity' };
}

function isOpenField(key: string, value: Value): boolean {
  if (IDENTITIES.includes(key)) return value.items.some(({ text }) => text === '*');
  return ADDRESS_BLOCKS.includes(key) && coverEverything(value.items.flatMap(({ text }) => text ?? []));
}

/** What in an authorization of Linkerd lets in clients that prove no identity, for its Servers. */
export function openClientOf({ kind, spec }: Resource): Value | undefined {
  if (kind !== 'ServerAuthorization') return undefined;
  const client = spec?.get('client');
  const flags = [client?.get('unauthenticated'), client?.at(['meshTLS', 'unauthenticatedTLS'])];
  return flags.find((flag) => flag?.boolean === true);
}

/** The sources of a ServiceIntentions that allow every service everything. */
export function openIntentionsOf({ spec }: Resource): Value[] {
  return (spec?.get('sources')?.items ?? []).filter((source) => {
    if (source.get('name')?.text !== '*') return false;
    const permissions = source.get('permissions')?.items ?? [];
    return permissions.length === 0
      ? source.get('action')?.text === 'allow'
      : permissions.some(isOpenPermission);
  });
}

function isOpenPermission(permission: Value): boolean {
  if (permission.get('action')?.text !== 'allow' || permission.has(['jwt'])) return false;
  const limits = permission.get('http')?.entries ?? [];
  return limits.every(({ key, value }) => key === 'pathPrefix' && value.text === '/');
}
