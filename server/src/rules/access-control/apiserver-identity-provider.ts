import { isAuthenticationConfiguration } from '../../analysis/control-plane/authentication.ts';
import {
  CONTROL_PLANE_KINDS,
  type ComponentSettings,
  settingsOf,
} from '../../analysis/control-plane/index.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { insert } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type RuleContext } from '../rule.ts';

/** Flags that name files of tokens and of passwords. */
export const STATIC_FLAGS = ['token-auth-file', 'basic-auth-file'];

/** Flags that name whoever vouches for people: an issuer of tokens, or a service that reviews them. */
export const PROVIDER_FLAGS = ['oidc-issuer-url', 'authentication-token-webhook-config-file'];

/** Claims in which identity providers say how somebody signed in (RFC 8176, OpenID Connect Core 1.0 section 2). */
const SIGN_IN_CLAIMS = ['amr', 'acr'];

/**
 * An API server that knows people by shared certificates or static tokens, or an authenticator that takes any sign-in for good.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
 */
export const apiserverIdentityProvider = defineRule({
  id: 'apiserver-identity-provider',
  meta: {
    title: 'No identity provider for people',
    safeguard: 'access-control',
    rationale:
      'People who sign in through an identity provider have a name of their own, a second factor and an end to their access. Static tokens and shared certificates have none of these.',
    remediation:
      'Configure OIDC with your identity provider, require its multi-factor claim, and remove static tokens.',
    references: {
      hipaa: ['164.312(d)', '164.312(a)(2)(i)'],
      nist: ['IA-2', 'IA-2(1)', 'IA-5'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.2, 3.1.1',
      urls: [
        'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    requiredAsProposed: true,
    messages: {
      missing:
        'The API server knows no identity provider, so persons who reach ePHI have no sign-in of their own. Set --oidc-issuer-url or --authentication-config.',
      noIssuer:
        'The AuthenticationConfiguration names no issuer (jwt), so persons who reach ePHI have no sign-in of their own. Add your identity provider to it.',
      staticFile:
        '--{flag} lets in whoever holds a token that never expires, and names no person. Remove it and use OIDC.',
      noSecondFactor:
        'This issuer is trusted however somebody signed in. Check the claim amr or acr in claimValidationRules, so that ePHI needs a second factor.',
    },
  },
  resource: {
    kinds: [...CONTROL_PLANE_KINDS, 'AuthenticationConfiguration'],
    check(resource, context) {
      if (isAuthenticationConfiguration(resource)) checkAuthenticators(resource, context);
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver !== undefined) checkFlags(apiserver, context);
    },
  },
});

function checkFlags(
  apiserver: ComponentSettings,
  { report, world }: RuleContext<'missing' | 'noIssuer' | 'staticFile'>,
): void {
  for (const name of STATIC_FLAGS) {
    const flag = apiserver.flag(name);
    if (flag === undefined) continue;
    const fixes = [
      { title: `Remove --${name}`, applicability: 'review' as const, operations: apiserver.remove(name) },
    ];
    report({ at: flag.at, messageId: 'staticFile', data: { flag: name }, fixes });
  }
  if (PROVIDER_FLAGS.some((name) => apiserver.flag(name) !== undefined)) return;
  const file = apiserver.flag('authentication-config');
  if (file !== undefined) {
    const files = world.facts('authentication-configuration');
    if (world.complete && files.length > 0 && files.every(({ hasIssuer }) => !hasIssuer))
      report({ at: file.at, messageId: 'noIssuer' });
    return;
  }
  const operations = [
    ...apiserver.set('oidc-issuer-url', 'https://identity.example.com'),
    ...apiserver.set('oidc-client-id', 'kubernetes'),
  ];
  const fixes = [
    { title: 'Add OIDC flags with a placeholder issuer', applicability: 'review' as const, operations },
  ];
  report({ ...apiserver.home, messageId: 'missing', fixes });
}

function checkAuthenticators({ root }: Resource, { report }: RuleContext<'noSecondFactor'>): void {
  for (const authenticator of root.get('jwt')?.items ?? []) {
    const rules = authenticator.get('claimValidationRules')?.items ?? [];
    if (rules.some(checksSignIn)) continue;
    const rule = { expression: "'mfa' in claims.amr", message: 'sign in with a second factor' };
    report({
      at: authenticator.at(['issuer', 'url']) ?? authenticator,
      messageId: 'noSecondFactor',
      fixes: [
        {
          title: 'Require a second factor (claim amr)',
          applicability: 'review',
          operations: [insert([...authenticator.path, 'claimValidationRules'], rule)],
        },
      ],
    });
  }
}

/** Whether a claim validation rule looks at how somebody signed in. */
export function checksSignIn(rule: Value): boolean {
  const expression = rule.get('expression')?.text ?? '';
  return SIGN_IN_CLAIMS.some(
    (claim) => rule.get('claim')?.text === claim || new RegExp(`\\b${claim}\\b`).test(expression),
  );
}
