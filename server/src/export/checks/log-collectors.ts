import { FLUENT_BIT_NETWORK } from '../../analysis/log-pipelines/clear-text.ts';
import { MENTIONS_AUDIT } from '../../analysis/log-pipelines/outputs.ts';
import { MUTABLE } from '../../rules/audit-controls/log-destination-mutable.ts';
import { celMatches, celTest, celText } from '../cel.ts';
import { NAMES_ITSELF } from '../cel-plaintext.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

/*
 * The outputs of Fluent Bit in its classic form, as `fluentBitBlocks` reads them: `[OUTPUT]`, and below it a key and a value a line. Files in which a line begins with a bracket
 * but is no such header are left alone, and outputs that say a thing twice.
 */

/** As much of a ConfigMap as one expression may read. */
const MOST = 30_000;
const HEADER = celText('(?m)^[ \\t]*\\[[a-z_]+\\][ \\t]*$');
const BRACKET = celText('(?m)^[\\s\\p{Z}]*\\[');
const OUTPUT = celText('(?m)^[ \\t]*\\[output\\][ \\t]*$(?:\\n(?:[ \\t]*[^ \\t\\n\\[][^\\n]*|[ \\t]*))*');
const FILES = {
  name: 'files',
  expression: `has(object.data) && object.data.map(k, size(object.data[k])).sum() <= ${MOST} ? object.data.map(k, object.data[k].contains('['), object.data[k].replace('\\r', '').lowerAscii()).filter(f, size(f.findAll(${HEADER})) == size(f.findAll(${BRACKET}))).map(f, {'text': dyn(f), 'outputs': dyn(f.findAll(${OUTPUT}))}) : []`,
};
/** The values of a key in an output `o`. */
const values = (key: string) =>
  `o.findAll(${celText(`(?m)^[ \\t]*${key}[ \\t]+[^\\s][^\\n]*`)}).map(l, l.trim().substring(${key.length}).trim())`;
const only = (key: string, condition: string) =>
  `[${values(key)}].exists(s, size(s) == 1 && s.all(v, ${condition}))`;
const OFF = "v in ['off', 'false', 'no', '0']";
const IS_PLAIN = `${only('host', `${celMatches('v', '^[a-z0-9.-]+$')} && ![v].exists(h, ${NAMES_ITSELF})`)} && ${values('tls')}.all(v, ${OFF}) && (${only('name', celTest('v', FLUENT_BIT_NETWORK))} || (${only('name', "v in ['syslog', 'gelf']")} && ${values('mode')}.all(v, v in ['udp', 'tcp'])))`;

/** The host of an address that begins as it has to, unless that is the machine itself. */
const isElsewhere = (address: string, scheme: string) =>
  `[string(${address}).find(${celText(`^${scheme}(?:[^@/]*@)?[A-Za-z0-9.-]+(?::[0-9]|[/?#,]|$)`)}).lowerAscii().find('[a-z0-9.-]+(?::[0-9]|[/?#,])?$').find('^[a-z0-9.-]+')].exists(h, h != '' && !${NAMES_ITSELF})`;
const isPlainUrl = (address: string) => isElsewhere(address, '(?:http|tcp|udp|ws|redis|amqp|nats)://');
const isMap = (path: string) => {
  const [holder = '', key = ''] = path.split(/[.](?=\w+$)/);
  return `'${key}' in ${holder} && type(${path}) == map`;
};
/** Of OpenShift, and the exporters that a pipeline for logs of an OpenTelemetry Collector uses. */
const FORWARDER = `object.kind == 'ClusterLogForwarder' && has(object.spec.outputs) && object.spec.outputs.exists(o, ('url' in o && ${isPlainUrl('o.url')}) || ('type' in o && o.type in o && type(o[o.type]) == map && 'url' in o[o.type] && ${isPlainUrl('o[o.type].url')}))`;
const LOGS = 'c.service.pipelines[p]';
const EXPORTERS = `c.exporters.exists(e, c.service.pipelines.exists(p, ${celMatches('p', '^logs(?:/|$)')} && type(${LOGS}) == map && 'exporters' in ${LOGS} && type(${LOGS}.exporters) == list && e in ${LOGS}.exporters) && type(c.exporters[e]) == map && [c.exporters[e]].exists(x, 'endpoint' in x && (${isPlainUrl('x.endpoint')} || (${isMap('x.tls')} && 'insecure' in x.tls && string(x.tls.insecure) == 'true' && ${isElsewhere('x.endpoint', '(?:[\\w.+-]+://)?')}))))`;
const COLLECTOR = `object.kind == 'OpenTelemetryCollector' && type(object.spec.config) == map && [object.spec.config].exists(c, !('sinks' in c || 'pipeline' in c) && ${isMap('c.exporters')} && ${isMap('c.service')} && ${isMap('c.service.pipelines')} && ${EXPORTERS})`;

const CONFIG_MAPS = [resourceRule('', ['configmaps'])];
const BEYOND = `in files of other collectors, which CEL cannot read, and in ConfigMaps with more than ${MOST / 1000},000 characters`;

export const LOG_COLLECTOR_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'log-forwarding-plaintext',
    on: CONFIG_MAPS,
    variables: [FILES],
    expression: `!variables.files.exists(f, f.outputs.exists(o, ${IS_PLAIN}))`,
    beyond: `outputs of Fluent Bit to hosts that variables bring, to Kafka and in YAML; what is said ${BEYOND}, and in custom resources of others than OpenShift and OpenTelemetry`,
  },
  {
    rule: 'log-forwarding-plaintext',
    part: 'fields',
    on: [
      {
        apiGroups: ['opentelemetry.io', 'logging.openshift.io', 'observability.openshift.io'],
        apiVersions: ['*'],
        resources: ['opentelemetrycollectors', 'clusterlogforwarders'],
      },
    ],
    expression: `!has(object.spec) || !(has(object.spec.config) && ${COLLECTOR}) && !(${FORWARDER})`,
  },
  {
    rule: 'log-destination-mutable',
    part: 'fluent-bit',
    on: CONFIG_MAPS,
    variables: [FILES],
    expression: `!variables.files.exists(f, size(f.outputs) > 0 && ${celTest('f.text', MENTIONS_AUDIT)} && f.outputs.all(o, ${only('name', celTest('v', MUTABLE))}))`,
  },
];
