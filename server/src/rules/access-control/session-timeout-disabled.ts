import { CONTROL_PLANE_KINDS, kubeletsOf } from '../../analysis/control-plane/index.ts';
import { secondsOf } from '../../kubernetes/durations.ts';
import type { Container } from '../../kubernetes/pods.ts';
import { set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

const HOUR = 3600;
const LONGEST_COOKIE = 12 * HOUR;
const LONGEST_TOKEN = 24 * HOUR;

/** A command-line argument that keeps sessions open, and what to write instead. */
interface SessionArgument {
  readonly program: RegExp;
  readonly flag: RegExp;
  readonly isEndless: (value: string) => boolean;
  readonly replacement: (name: string) => string | undefined;
}

/** Sources: documentation of the Kubernetes Dashboard's arguments and of oauth2-proxy's cookie options. */
const ARGUMENTS: readonly SessionArgument[] = [
  {
    program: /dashboard/,
    flag: /^--token-ttl=(.*)$/,
    isEndless: (value) => value === '0',
    replacement: () => '--token-ttl=900',
  },
  {
    program: /dashboard/,
    flag: /^--enable-skip-login(?:=(.*))?$/,
    isEndless: (value) => value !== 'false',
    replacement: () => '--enable-skip-login=false',
  },
  {
    program: /oauth2-proxy/,
    flag: /^--cookie-expire=(.*)$/,
    isEndless: (value) => value === '0' || (secondsOf(value) ?? 0) > LONGEST_COOKIE || secondsOf(value) === 0,
    replacement: () => '--cookie-expire=12h',
  },
];

/**
 * Sessions that never end by themselves.
 *
 * Source: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ (streamingConnectionIdleTimeout, 4h by default).
 */
export const sessionTimeoutDisabled = defineRule({
  id: 'session-timeout-disabled',
  meta: {
    title: 'Session without an end',
    safeguard: 'access-control',
    rationale:
      'Automatic logoff ends a session that its user has left. A session or token that stays open lets the next person at the screen, or a thief of the token, see ePHI under that name.',
    remediation: 'Set the documented timeout.',
    references: {
      hipaa: ['164.312(a)(2)(iii)'],
      nist: ['AC-11', 'AC-12'],
      benchmark: 'CIS Kubernetes Benchmark 4.2.5',
      urls: ['https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      idleStreams:
        'Idle exec and port-forward sessions into pods with ePHI are never closed. Set streamingConnectionIdleTimeout, by default 4h.',
      argument:
        '"{flag}" keeps sessions open without an end, so an unattended screen shows ePHI. Set "{wanted}".',
      longToken:
        'This token is valid for {hours} hours; whoever copies it acts under this identity all that time. Set at most 86400 seconds.',
    },
  },
  resource: {
    kinds: CONTROL_PLANE_KINDS,
    check(resource, { report }) {
      for (const kubelet of kubeletsOf(resource)) {
        const timeout = kubelet.flag('streaming-connection-idle-timeout');
        if (timeout === undefined || secondsOf(timeout.value) !== 0) continue;
        const operations = kubelet.set(timeout.name, '4h');
        const fixes = [{ title: 'Set 4h', applicability: 'review' as const, operations }];
        report({ at: timeout.at, messageId: 'idleStreams', fixes });
      }
    },
  },
  pod({ spec, containers }, { report }) {
    for (const container of containers) for (const found of endlessSessions(container)) report(found);
    for (const volume of spec.get('volumes')?.items ?? []) {
      for (const source of volume.at(['projected', 'sources'])?.items ?? []) {
        const expiration = source.at(['serviceAccountToken', 'expirationSeconds']);
        if (expiration?.number === undefined || expiration.number <= LONGEST_TOKEN) continue;
        const hours = Math.round(expiration.number / HOUR);
        report({
          at: expiration,
          messageId: 'longToken',
          data: { hours },
          fixes: [replacing(expiration, HOUR)],
        });
      }
    }
  },
});

function endlessSessions({ value, image }: Container): Report<'argument'>[] {
  const items = [...(value.get('command')?.items ?? []), ...(value.get('args')?.items ?? [])];
  const programs = `${image?.text ?? ''} ${items[0]?.text ?? ''}`;
  return items.flatMap((item) => {
    const text = item.text ?? '';
    const argument = ARGUMENTS.find(({ program, flag }) => program.test(programs) && flag.test(text));
    const match = argument?.flag.exec(text);
    const wanted = argument?.replacement(text);
    if (argument === undefined || wanted === undefined || !argument.isEndless(match?.[1] ?? '')) return [];
    return [
      { at: item, messageId: 'argument', data: { flag: text, wanted }, fixes: [replacing(item, wanted)] },
    ];
  });
}

function replacing(value: Value, wanted: string | number): Fix {
  return { title: `Set ${wanted}`, applicability: 'review', operations: [set(value.path, wanted)] };
}
