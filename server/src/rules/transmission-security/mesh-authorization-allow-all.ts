import {
  type OpenRule,
  openClientOf,
  openIntentionsOf,
  openRulesOf,
} from '../../analysis/mesh/open-access.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { type PlainValue, remove, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { CALLER_PLACEHOLDER, istioPrincipal } from '../mesh-fixes.ts';
import { objectsOf } from '../related-objects.ts';
import { defineRule, type Fix, type RuleContext } from '../rule.ts';

/**
 * Authorization of a mesh that lets everybody in. A rule of Istio is open when nothing narrows it; a wildcard for principals or namespaces still asks for
 * an identity, so it counts only where neither the operation nor a condition narrows the rule. An AuthorizationPolicy of Linkerd that asks for
 * addresses alone is open when they are all there are and it guards more than a route, since probes have no identity.
 *
 * Source: `analysis/mesh/open-access.ts` names the pages.
 */
export const meshAuthorizationAllowAll = defineRule({
  id: 'mesh-authorization-allow-all',
  meta: {
    title: 'Mesh authorization lets everybody in',
    safeguard: 'transmission-security',
    rationale:
      'A policy that allows everybody gives every compromised pod a way to ePHI, and its presence looks as if access were controlled. Services that hold ePHI need a list of callers.',
    remediation:
      'Name the callers by their ServiceAccounts, and the ports, methods and paths that they need.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(a)(1)', '164.312(d)'],
      nist: ['AC-3', 'AC-4', 'AC-6'],
      urls: [
        'https://istio.io/latest/docs/reference/config/security/authorization-policy/',
        'https://linkerd.io/2/reference/authorization-policy/',
        'https://developer.hashicorp.com/consul/docs/connect/config-entries/service-intentions',
      ],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      anybody:
        'A rule of AuthorizationPolicy "{name}" allows everybody everything, clients without an identity too, so any pod reaches the ePHI behind it. Name the callers.',
      identity:
        'A rule of AuthorizationPolicy "{name}" allows every workload of the mesh everything, so any compromised pod reaches the ePHI behind it. Name the callers.',
      linkerd:
        '{kind} "{name}" lets in clients that prove no identity, so anybody on the network reaches the ePHI behind it. Demand mutual TLS and name the callers.',
      consul:
        'ServiceIntentions "{name}" allows every service, so any compromised pod reaches the ePHI behind it. Name the callers.',
    },
  },
  resource: {
    kinds: ['AuthorizationPolicy', 'ServerAuthorization', 'ServiceIntentions'],
    check(resource, context) {
      switch (`${resource.group}/${resource.kind}`) {
        case 'security.istio.io/AuthorizationPolicy':
          return checkIstio(resource, context);
        case 'policy.linkerd.io/AuthorizationPolicy':
        case 'policy.linkerd.io/ServerAuthorization':
          return checkLinkerd(resource, context);
        case 'consul.hashicorp.com/ServiceIntentions':
          return checkConsul(resource, context);
        default:
      }
    },
  },
});

type Context = RuleContext<'anybody' | 'identity' | 'linkerd' | 'consul'>;

function checkIstio(policy: Resource, { report }: Context): void {
  for (const open of openRulesOf(policy)) {
    const [source] = open.openSources;
    const [first] = open.rule.entries;
    report({
      at: source?.at ?? (first === undefined ? open.rule : { key: first }),
      messageId: source?.who ?? 'anybody',
      data: { name: policy.name },
      fixes: callerFixes(policy, open),
    });
  }
}

/** Nobody gets in until a person has named the caller, so the skeleton errs on the safe side. */
function callerFixes({ namespace }: Resource, { rule, openSources, namesCallers }: OpenRule): Fix[] {
  if (namesCallers) {
    const operations = openSources.map(({ item }) => remove(item.path)).reverse();
    return [{ title: 'Let in the named callers alone', applicability: 'review', operations }];
  }
  const named = fromOnly(rule, 'Let in one caller, whose ServiceAccount has to be named', {
    principals: [istioPrincipal(namespace)],
  });
  if (namespace === undefined) return [named];
  return [named, fromOnly(rule, `Let in namespace "${namespace}" alone`, { namespaces: [namespace] })];
}

function fromOnly(rule: Value, title: string, source: PlainValue): Fix {
  return {
    title,
    applicability: 'review',
    operations: [set([...rule.path, 'from'], [{ source }])],
  };
}

function checkLinkerd(policy: Resource, { report, world }: Context): void {
  const { kind, name, namespace } = policy;
  const data = { kind, name };
  const flag = openClientOf(policy);
  if (flag !== undefined) report({ at: flag, messageId: 'linkerd', data, fixes: [clientFix(policy)] });
  const open = kind === 'AuthorizationPolicy' ? openReferences(policy, world) : undefined;
  if (open === undefined) return;
  const networks = open.items.map((reference) => ({
    kind: 'NetworkAuthentication',
    name: reference.get('name')?.text ?? '',
    namespace: reference.get('namespace')?.text ?? namespace,
  }));
  const relatedObjects = objectsOf(networks, 'It asks clients for their address alone.');
  report({ at: open, messageId: 'linkerd', data, relatedObjects });
}

function clientFix({ root, namespace }: Resource): Fix {
  const account = { name: CALLER_PLACEHOLDER, ...(namespace === undefined ? {} : { namespace }) };
  return {
    title: 'Let in one caller, whose ServiceAccount has to be named',
    applicability: 'review',
    operations: [set([...root.path, 'spec', 'client'], { meshTLS: { serviceAccounts: [account] } })],
  };
}

/** The references of an AuthorizationPolicy of Linkerd for a Server or a namespace, when they ask for no identity. */
function openReferences({ spec, namespace }: Resource, world: World): Value | undefined {
  const target = spec?.at(['targetRef', 'kind'])?.text;
  const references = spec?.get('requiredAuthenticationRefs');
  if ((target !== 'Server' && target !== 'Namespace') || references?.kind !== 'list') return undefined;
  const asksForNothing = references.items.every((reference) => {
    const home = reference.get('namespace')?.text ?? namespace;
    return (
      reference.get('kind')?.text === 'NetworkAuthentication' &&
      world
        .matching('open-network', 'name', reference.get('name')?.text ?? '')
        .some((network) => (network.namespace ?? home) === home)
    );
  });
  return asksForNothing ? references : undefined;
}

function checkConsul(intentions: Resource, { report }: Context): void {
  for (const source of openIntentionsOf(intentions)) {
    const name = source.get('name') ?? source;
    report({
      at: name,
      messageId: 'consul',
      data: { name: intentions.name },
      fixes: [
        {
          title: 'Let in one caller, which has to be named',
          applicability: 'review',
          operations: [set(name.path, CALLER_PLACEHOLDER)],
        },
      ],
    });
  }
}
