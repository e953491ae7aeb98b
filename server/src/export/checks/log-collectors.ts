import { FLUENT_BIT_NETWORK } from '../../analysis/log-pipelines/clear-text.ts';
import { MENTIONS_AUDIT } from '../../analysis/log-pipelines/outputs.ts';
import { MUTABLE } from '../../rules/audit-controls/log-destination-mutable.ts';
import { celMatches, celTest, celText } from '../cel.ts';
import { NAMES_ITSELF } from '../cel-plaintext.ts';
import type { AdmissionCheck } from './check.ts';
import { FILES, IS_WHOLE, MOST, valuesOf, WITH_FILES } from './log-files.ts';

/*
 * What collectors of logs send in clear text, and where they send audit logs: by the files that `log-files.ts` reads, and by the fields of custom resources.
 */

/** The host of an address that begins as it has to, unless that is the machine itself. */
const isElsewhere = (address: string, scheme: string) =>
  `[string(${address}).find(${celText(`^${scheme}(?:[^@/]*@)?[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#,]|$)`)}).lowerAscii().find('[a-z0-9.-]+(?::[0-9]+)?[/?#,]?$').find('^[a-z0-9.-]+')].exists(h, h != '' && !${NAMES_ITSELF})`;
const ANY = '(?:[\\w.+-]+://)?';
const isPlainUrl = (address: string) => isElsewhere(address, '(?:http|tcp|udp|ws|redis|amqp|nats)://');
const isMap = (path: string) => {
  const [holder = '', key = ''] = path.split(/[.](?=\w+$)/);
  return `'${key}' in ${holder} && type(${path}) == map`;
};
/** Of OpenShift, and the exporters that a pipeline for logs of an OpenTelemetry Collector uses. */
const FORWARDER = `object.kind == 'ClusterLogForwarder' && has(object.spec.outputs) && object.spec.outputs.exists(o, ('url' in o && ${isPlainUrl('o.url')}) || ('type' in o && o.type in o && type(o[o.type]) == map && 'url' in o[o.type] && ${isPlainUrl('o[o.type].url')}))`;
const LOGS = 'c.service.pipelines[p]';
const EXPORTERS = `c.exporters.exists(e, c.service.pipelines.exists(p, ${celMatches('p', '^logs(?:/|$)')} && type(${LOGS}) == map && 'exporters' in ${LOGS} && type(${LOGS}.exporters) == list && e in ${LOGS}.exporters) && type(c.exporters[e]) == map && [c.exporters[e]].exists(x, 'endpoint' in x && (${isPlainUrl('x.endpoint')} || (${isMap('x.tls')} && 'insecure' in x.tls && string(x.tls.insecure) == 'true' && ${isElsewhere('x.endpoint', ANY)}))))`;
const COLLECTOR = `object.kind == 'OpenTelemetryCollector' && type(object.spec.config) == map && [object.spec.config].exists(c, !('sinks' in c || 'pipeline' in c) && ${isMap('c.exporters')} && ${isMap('c.service')} && ${isMap('c.service.pipelines')} && ${EXPORTERS})`;
/** Outputs of Elastic's Beats that say nothing of TLS, nor whether they are on. */
const BEAT = `object.kind == 'Beat' && type(object.spec.config) == map && [object.spec.config].exists(c, !['sinks', 'pipeline', 'service'].exists(k, k in c) && ['elasticsearch', 'logstash', 'kafka', 'redis'].exists(n, ['output.' + n in c ? c['output.' + n] : ${isMap('c.output')} && n in c.output ? c.output[n] : dyn('')].exists(x, type(x) == map && 'hosts' in x && type(x.hosts) == list && size(x.hosts) > 0 && !x.exists(k, ${celMatches('k.lowerAscii()', 'ssl|enabled')}) && (n == 'elasticsearch' ? x.hosts.exists(a, ${isPlainUrl('a')}) : ${isElsewhere('x.hosts[0]', ANY)}))))`;

/** Plugins that speak TLS only where they are told to, with the settings that name the host; those of all others are URLs. */
const TOLD = `^(?:fluent-bit (?:${FLUENT_BIT_NETWORK.source.slice(4, -2)}|syslog|gelf|kafka)|fluentd (?:forward|elasticsearch(?:_dynamic)?|opensearch|(?:remote_)?syslog)|vector (?:kafka|vector|socket)|logstash (?:elasticsearch|opensearch|tcp|udp|gelf|syslog|kafka)|beats (?:logstash|kafka|redis)|rsyslog )$`;
const HOSTS = valuesOf('o.own', 'hosts?|brokers|bootstrap_servers|address|target');
const URLS = `{'fluentd': 'endpoint|url|endpoint_url', 'vector': 'endpoints?|ur[il]|protocol[.]uri', 'logstash': 'url', 'otel': 'endpoints?|logs_endpoint', 'beats': 'hosts'}`;
/** Lines that may speak of TLS, or say that there is no network; and those that say no, or nothing. */
const MENTION = celText('(?im)^[^\\w\\n]*enabled\\W+false|^[^\\n]*(?:tls|ssl|https|<<|cloud_id|unix)[^\\n]*');
const IS_NO = celMatches(
  'l.lowerAscii()',
  '^\\s*(?:#|["\']?(?:tls|ssl)[\\w.]*["\']?[ \\t]*(?:=>|[:= \\t])[ \\t]*["\']?(?:off|false|no|0)(?:["\'\\s,]|$))',
);
const MAY_BE_ENCRYPTED = `o.all.findAll(${MENTION}).exists(l, !${IS_NO})`;
const IS_INSECURE = `o.own.contains('tls:') && o.all.find('\\n +tls: *\\n +insecure: *true(?: |\\n|$)') != '' && ${valuesOf('o.own', 'endpoint')}.exists(v, ${isElsewhere('v', ANY)})`;
const IS_PLAIN = `((!${MAY_BE_ENCRYPTED} && (${celMatches("(f.product + ' ' + o.name)", TOLD)} ? [${HOSTS}].exists(s, size(s) == 1 && s.all(v, ${isElsewhere('v', ANY)})) : o.name != '' && f.product in u && ${valuesOf('o.own', "' + u[f.product] + '")}.exists(v, ${isPlainUrl('v')}))) || (f.product == 'otel' && ${IS_INSECURE}))`;

export const LOG_COLLECTOR_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'log-forwarding-plaintext',
    on: WITH_FILES,
    variables: [FILES],
    expression: `![${URLS}].exists(u, variables.files.exists(f, f.outputs.exists(o, ${IS_PLAIN})))`,
    beyond: `outputs to hosts that variables bring; what is said in JSON, in forms that only a parser reads (of YAML, braces over several lines and aliases), beside settings of TLS that do not turn it on, and in more than ${MOST / 1000},000 characters`,
  },
  {
    rule: 'log-forwarding-plaintext',
    part: 'fields',
    on: [
      {
        apiGroups: [
          ...['opentelemetry.io', 'beat.k8s.elastic.co'],
          ...['logging.openshift.io', 'observability.openshift.io'],
        ],
        apiVersions: ['*'],
        resources: ['opentelemetrycollectors', 'beats', 'clusterlogforwarders'],
      },
    ],
    expression: `!has(object.spec) || !(has(object.spec.config) && (${COLLECTOR} || ${BEAT})) && !(${FORWARDER})`,
  },
  {
    rule: 'log-destination-mutable',
    part: 'files',
    on: WITH_FILES,
    variables: [FILES],
    expression: `!variables.files.exists(f, size(f.outputs) > 0 && ${IS_WHOLE} && ${celTest('f.text', MENTIONS_AUDIT)} && f.outputs.all(o, ${celTest('o.name', MUTABLE)}))`,
  },
];
