import type { RedirectFact } from '../../analysis/tls/facts.ts';
import { HTTP_KINDS, type HttpFallback, httpFallbacksOf } from '../../analysis/tls/http-fallback.ts';
import { set } from '../../syntax/edit/operations.ts';
import { objectsOf, setIn } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A server that speaks TLS and still answers plain HTTP instead of redirecting. Each controller has its own setting and its own default:
 * `analysis/tls/http-annotations.ts` and `http-resources.ts` are the table of them.
 *
 * Source: the controllers' documentation, named in that table.
 */
export const ingressHttpAllowed = defineRule({
  id: 'ingress-http-allowed',
  meta: {
    title: 'Plain HTTP allowed beside TLS',
    safeguard: 'transmission-security',
    rationale:
      'A client that starts with http:// and is answered goes on in clear text, with cookies, tokens and ePHI that anyone on the way can read. A certificate protects only those who happen to use it.',
    remediation:
      "Redirect plain HTTP to HTTPS, or close it, with the controller's own setting. Send Strict-Transport-Security so that browsers do not try it again.",
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-23'],
      urls: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#tls'],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      on: '{kind} "{name}" also answers plain HTTP ({setting}): a client that starts there sends ePHI and session cookies in clear text. Redirect it to HTTPS.',
      byDefault:
        '{kind} "{name}" also answers plain HTTP, which is the default of {product} while {setting} is not set: a client that starts there sends ePHI in clear text. Redirect it to HTTPS.',
      noTls:
        '{kind} "{name}" has no TLS: ePHI, passwords and session cookies cross the network in clear text. Add {setting} with a certificate.',
    },
  },
  resource: {
    kinds: HTTP_KINDS,
    check(resource, { report, world }) {
      for (const fallback of httpFallbacksOf(resource, world)) {
        const { at, missing, product, setting } = fallback;
        report({
          at,
          ...(missing === undefined ? {} : { missing }),
          messageId: MESSAGES[fallback.because],
          data: { kind: resource.kind, name: resource.name, product, setting },
          relatedObjects: objectsOf(fallback.idle ?? [], 'It does not redirect to HTTPS.'),
          fixes: fixesFor(fallback),
        });
      }
    },
  },
});

const MESSAGES = { on: 'on', default: 'byDefault', 'no-tls': 'noTls' } as const;

/** Source: https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#https_redirect */
function redirecting(config: RedirectFact): Fix {
  return {
    title: `Redirect in ${config.kind} "${config.name}"`,
    applicability: 'review',
    operations: [setIn(config, ['spec', 'redirectToHttps'], { enabled: true })],
  };
}

/** Clients that never follow redirects break, so a person decides. */
function fixesFor({ close, because, idle = [] }: HttpFallback): Fix[] {
  if (close.length === 0) return [];
  return [
    {
      title: because === 'no-tls' ? 'Add TLS and redirect HTTP to HTTPS' : 'Redirect HTTP to HTTPS',
      applicability: 'review',
      operations: close.map(({ path, value }) => set(path, value)),
    },
    ...idle.filter(({ kind }) => kind === 'FrontendConfig').map(redirecting),
  ];
}
