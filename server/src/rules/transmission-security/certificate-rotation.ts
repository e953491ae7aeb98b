import {
  certificateTimes,
  DAY,
  HOUR,
  isCertificate,
  issuerOf,
} from '../../analysis/certificates/certificate.ts';
import { workloadLifetimesOf } from '../../analysis/certificates/workload-lifetimes.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { replaceText, set } from '../../syntax/edit/operations.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import type { Value } from '../../syntax/values.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type Fix, type RuleContext } from '../rule.ts';

/** The public TLS maximum since 15 March 2026. Source: CA/Browser Forum ballot SC-081v3. */
export const PUBLIC_MAXIMUM = 200 * DAY;
/** What cert-manager gives certificates that say nothing else. */
export const PRIVATE_MAXIMUM = 90 * DAY;
export const WORKLOAD_MAXIMUM = 7 * DAY;
/** How long a renewal that fails can be noticed and mended. */
export const LEAST_MARGIN = 7 * DAY;

/**
 * A certificate that lives too long, is renewed too late or keeps its key for ever. Without a word cert-manager renews a third of the life before
 * its end, which is fine. Certificates of authorities are exempt: what they sign has to outlive many leaves.
 *
 * Source: https://cert-manager.io/docs/usage/certificate/#renewal and .../#configuring-private-key-rotation;
 * `analysis/certificates/workload-lifetimes.ts` names the pages of the meshes.
 */
export const certificateRotation = defineRule({
  id: 'certificate-rotation',
  meta: {
    title: 'Certificate is replaced too seldom',
    safeguard: 'transmission-security',
    rationale:
      'A key that leaks opens every connection to ePHI until its certificate ends, so certificates have to end soon and keys to change with them. A renewal without a margin turns one failed attempt into an outage.',
    remediation:
      'Let certificates live 200 days at most, 90 from a private CA, 7 days or less for workloads of a mesh; renew a third before the end, with a new key.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-12', 'SC-17'],
      urls: [
        'https://cert-manager.io/docs/usage/certificate/',
        'https://cabforum.org/2025/04/11/ballot-sc081v3-introduce-schedule-of-reducing-validity-and-data-reuse-periods/',
        'https://istio.io/latest/docs/reference/commands/pilot-discovery/#envvars',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      duration:
        'Certificate "{name}" lives {days} days; {limit}. A leaked key opens connections to ePHI until then. Set {wanted}.',
      renewalNever:
        'Certificate "{name}" is to be renewed {renewBefore} before its end but lives only {life}, so it is renewed without end or refused. Set {wanted}.',
      renewalLate:
        'Certificate "{name}" is renewed only {renewBefore} before its end, too late to mend a renewal that fails. Set {wanted}.',
      sameKey:
        'Certificate "{name}" keeps its private key when it is renewed, so a leaked key stays good for connections to ePHI. Set rotationPolicy: Always.',
      workload:
        '{setting} lets certificates of {mesh} workloads live {days} days, so a stolen identity reaches ePHI until then. Keep it to 7 days or less; 24 hours are usual.',
    },
  },
  resource: {
    check(resource, context) {
      if (isCertificate(resource)) checkCertificate(resource, context);
      else checkWorkloads(resource, context.report);
    },
  },
});

type Context = RuleContext<'duration' | 'renewalNever' | 'renewalLate' | 'sameKey' | 'workload'>;

function checkCertificate(certificate: Resource, { report, world }: Context): void {
  const { name, spec } = certificate;
  if (spec?.get('isCA')?.boolean === true) return;
  checkTimes(certificate, report, world);
  const policy = spec?.at(['privateKey', 'rotationPolicy']);
  if (policy?.text !== 'Never') return;
  report({
    at: policy,
    messageId: 'sameKey',
    data: { name },
    fixes: [write(policy, 'Always', 'Set rotationPolicy: Always')],
  });
}

function checkTimes(certificate: Resource, report: Context['report'], world: World): void {
  const times = certificateTimes(certificate);
  if (times === undefined) return;
  const { duration, durationAt, renewBefore, renewBeforeAt } = times;
  const { name } = certificate;
  const { maximum, limit, relatedObjects } = limitFor(certificate, world);
  const days = inDays(duration);
  if (durationAt !== undefined && duration > maximum) {
    const wanted = inHours(maximum);
    const fixes = [write(durationAt, wanted, `Set duration: ${wanted}`)];
    report({
      at: durationAt,
      messageId: 'duration',
      data: { name, days, limit, wanted },
      relatedObjects,
      fixes,
    });
  }
  if (renewBeforeAt === undefined) return;
  const isPercentage = renewBeforeAt.segment === 'renewBeforePercentage';
  const isNever = renewBefore >= duration;
  // A short life has no room for a week.
  const isLate = renewBefore < LEAST_MARGIN && duration >= 4 * LEAST_MARGIN;
  if (!isNever && !isLate) return;
  const wanted = isPercentage ? '33' : inHours(Math.min(duration, maximum) / 3);
  report({
    at: renewBeforeAt,
    messageId: isNever ? 'renewalNever' : 'renewalLate',
    data: {
      name,
      life: inHours(duration),
      renewBefore: inHours(renewBefore),
      wanted: `${renewBeforeAt.segment}: ${wanted}`,
    },
    fixes: [
      {
        title: `Set ${renewBeforeAt.segment}: ${wanted}`,
        applicability: 'review',
        operations: [set(renewBeforeAt.path, isPercentage ? 33 : wanted)],
      },
    ],
  });
}

function limitFor(certificate: Resource, world: World) {
  const issuer = issuerOf(certificate, world);
  return issuer?.isPrivate === true
    ? {
        maximum: PRIVATE_MAXIMUM,
        limit: 'a private CA gives 90 days by default',
        relatedObjects: [objectOf(issuer, 'The issuer is a private CA.')],
      }
    : {
        maximum: PUBLIC_MAXIMUM,
        limit: 'public CAs give 200 at most since March 2026',
        relatedObjects: [],
      };
}

function checkWorkloads(resource: Resource, report: Context['report']): void {
  for (const { mesh, setting, seconds, at, part } of workloadLifetimesOf(resource)) {
    if (seconds <= WORKLOAD_MAXIMUM) continue;
    const place =
      part === undefined ? at : { range: sourceRangeOf(at, resource.document.text, part), within: at };
    report({
      at: place,
      messageId: 'workload',
      data: { mesh, setting, days: inDays(seconds) },
      fixes: [
        {
          title: 'Set 24h',
          applicability: 'review',
          operations: [part === undefined ? set(at.path, '24h') : replaceText(at.path, part, '24h')],
        },
      ],
    });
  }
}

/** A new certificate is made, which programs have to take up. */
function write(at: Value, value: string, title: string): Fix {
  return { title, applicability: 'review', operations: [set(at.path, value)] };
}

function inDays(seconds: number): number {
  return Math.round((seconds / DAY) * 10) / 10;
}

/** As cert-manager reads it: Go's durations know no days. */
function inHours(seconds: number): string {
  const hours = Math.floor(seconds / HOUR);
  return hours === 0 ? `${Math.floor(seconds / 60)}m` : `${hours}h`;
}
