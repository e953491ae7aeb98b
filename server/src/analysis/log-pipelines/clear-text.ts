import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import { type HostPlace, placeOfHost } from '../endpoints/hosts.ts';
import type { LogOutput } from './outputs.ts';
import type { Section, Setting, Spot } from './sections.ts';

/** Why an output sends logs in clear text. */
export interface ClearText {
  readonly at: Spot;
  /** The setting that decides, or that is missing, for people: `tls Off`, `no "tls"`. */
  readonly reason: string;
  readonly host: string | undefined;
  readonly place: HostPlace;
  /** What turns TLS on; empty where that needs more than one setting. */
  readonly operations: readonly DocumentOperation[];
}

const ON = /^(?:on|true|yes|1)$/i;

/** What makes an output send in clear text to somewhere else; undefined when it encrypts, stays in the pod, or does not say. */
export function clearTextOf(output: LogOutput): ClearText | undefined {
  switch (output.product) {
    case 'Fluent Bit':
      return fluentBit(output);
    case 'Fluentd':
      return fluentd(output);
    case 'Vector':
      return vector(output);
    case 'Logstash':
      return logstash(output);
    case 'OpenTelemetry Collector':
      return collector(output);
    case 'rsyslog':
      return rsyslog(output);
    case 'Beats':
      return beats(output);
    case 'Cluster Logging':
      return plainUrl(output.section, ['url', `${output.plugin}.url`]);
  }
}

/**
 * Outputs of Fluent Bit that speak TLS only when `tls` is on; the others bring HTTPS of their own.
 *
 * Source: https://docs.fluentbit.io/manual/data-pipeline/outputs and .../administration/transport-security
 */
export const FLUENT_BIT_NETWORK =
  /^(?:forward|http|es|elasticsearch|opensearch|loki|splunk|tcp|opentelemetry|datadog|influxdb|websocket|kafka-rest|skywalking|flowcounter)$/;

function fluentBit({ plugin, section }: LogOutput): ClearText | undefined {
  const host =
    section.get('host')?.value ?? (plugin === 'datadog' ? 'http-intake.logs.datadoghq.com' : undefined);
  const tls = section.get('tls');
  if (plugin === 'kafka') return kafka(section, section.get('brokers')?.value, 'rdkafka.security.protocol');
  if (host === undefined || (tls !== undefined && ON.test(tls.value))) return undefined;
  if (plugin === 'syslog' || plugin === 'gelf') {
    const mode = section.get('mode');
    return /^d?tls$/i.test(mode?.value ?? '') ? undefined : found(section, host, mode, 'mode', 'tls');
  }
  return FLUENT_BIT_NETWORK.test(plugin) ? found(section, host, tls, 'tls', true) : undefined;
}

/** Source: https://docs.fluentd.org/output and the plugins' own pages */
function fluentd({ plugin, section }: LogOutput): ClearText | undefined {
  switch (plugin) {
    case 'forward': {
      const transport = section.get('transport');
      if (transport?.value === 'tls') return undefined;
      return found(
        section,
        section.get('server.host')?.value ?? section.get('host')?.value,
        transport,
        'transport',
        'tls',
      );
    }
    case 'elasticsearch':
    case 'elasticsearch_dynamic':
    case 'opensearch': {
      const hosts = section.get('hosts')?.value ?? section.get('host')?.value;
      const scheme = section.get('scheme');
      if (hosts === undefined || scheme?.value === 'https' || hosts.startsWith('https://')) return undefined;
      return found(section, bareHost(hosts), scheme, 'scheme', 'https');
    }
    case 'remote_syslog':
    case 'syslog': {
      const tls = section.get('tls');
      return ON.test(tls?.value ?? '')
        ? undefined
        : found(section, section.get('host')?.value, tls, 'tls', 'true');
    }
    case 'splunk_hec': {
      const protocol = section.get('protocol');
      return protocol?.value === 'http'
        ? found(section, section.get('hec_host')?.value, protocol, 'protocol', 'https')
        : undefined;
    }
    default:
      return plainUrl(section, ['endpoint', 'url', 'endpoint_url']);
  }
}

/** Source: https://vector.dev/docs/reference/configuration/sinks/ */
function vector({ plugin, section }: LogOutput): ClearText | undefined {
  const tls = section.get('tls.enabled');
  if (plugin === 'kafka' || plugin === 'vector' || plugin === 'socket') {
    if (ON.test(tls?.value ?? '')) return undefined;
    const address = section.get('bootstrap_servers')?.value ?? section.get('address')?.value;
    if (plugin === 'kafka' && /ssl/i.test(section.get('librdkafka_options.security.protocol')?.value ?? ''))
      return undefined;
    if (/^https:\/\//.test(address ?? '') || section.get('mode')?.value === 'unix') return undefined;
    return found(section, address && bareHost(address), tls, 'tls.enabled', true);
  }
  return plainUrl(section, ['endpoint', 'endpoints', 'uri', 'url', 'protocol.uri']);
}

/** Source: https://www.elastic.co/docs/reference/logstash/plugins/output-plugins */
function logstash({ plugin, section }: LogOutput): ClearText | undefined {
  const ssl = section.get('ssl_enabled') ?? section.get('ssl_enable') ?? section.get('ssl');
  if (ON.test(ssl?.value ?? '')) return undefined;
  switch (plugin) {
    case 'elasticsearch':
    case 'opensearch': {
      const hosts = section.all('hosts');
      if (section.get('cloud_id') !== undefined || hosts.every(({ value }) => value.startsWith('https://')))
        return undefined;
      const plain = plainUrl(section, ['hosts']);
      // What a variable brings may well be an address with https.
      if (plain !== undefined || hosts.every(({ value }) => value.startsWith('$'))) return plain;
      return found(section, bareHost(hosts[0]?.value ?? ''), ssl, 'ssl_enabled', true);
    }
    case 'tcp':
      return found(section, section.get('host')?.value, ssl, 'ssl_enabled', true);
    case 'udp':
    case 'gelf':
      return found(section, section.get('host')?.value, undefined, undefined, undefined);
    case 'syslog': {
      const protocol = section.get('protocol');
      return protocol?.value === 'ssl-tcp'
        ? undefined
        : found(section, section.get('host')?.value, protocol, 'protocol', 'ssl-tcp');
    }
    case 'kafka':
      return kafka(section, section.get('bootstrap_servers')?.value, 'security_protocol');
    default:
      return plainUrl(section, ['url']);
  }
}

/** Source: https://github.com/open-telemetry/opentelemetry-collector/blob/main/config/configtls/README.md */
function collector({ plugin, section }: LogOutput): ClearText | undefined {
  const endpoint = section.get('endpoint')?.value;
  const insecure = section.get('tls.insecure');
  if (plugin === 'syslog' && /^udp/.test(section.get('network')?.value ?? ''))
    return found(section, endpoint, section.get('network'), undefined, undefined);
  if (ON.test(insecure?.value ?? ''))
    return found(section, endpoint && bareHost(endpoint), insecure, 'tls.insecure', false);
  return plainUrl(section, ['endpoint', 'endpoints', 'logs_endpoint']);
}

function rsyslog({ section }: LogOutput): ClearText | undefined {
  if (/^[1-9]$/.test(section.get('streamdrivermode')?.value ?? '')) return undefined;
  return found(section, section.get('target')?.value, undefined, undefined, undefined);
}

/** Source: https://www.elastic.co/docs/reference/beats/filebeat/configuration-ssl */
function beats({ plugin, section }: LogOutput): ClearText | undefined {
  const enabled = section.get('ssl.enabled');
  const hosts = section.all('hosts');
  const uses = ['certificate_authorities', 'certificate', 'verification_mode', 'key'].some(
    (key) => section.all(`ssl.${key}`).length > 0,
  );
  if (ON.test(enabled?.value ?? '') || section.get('enabled')?.value === 'false') return undefined;
  if (plugin === 'elasticsearch') return plainUrl(section, ['hosts']);
  const needsTls = plugin === 'logstash' || plugin === 'kafka' || plugin === 'redis';
  if (!needsTls || (uses && enabled === undefined)) return undefined;
  return found(section, bareHost(hosts[0]?.value ?? ''), enabled, 'ssl.enabled', true);
}

function kafka(section: Section, brokers: string | undefined, key: string): ClearText | undefined {
  const protocol = section.get(key);
  if (/ssl$/i.test(protocol?.value ?? '')) return undefined;
  const wanted = /^sasl/i.test(protocol?.value ?? '') ? 'SASL_SSL' : 'SSL';
  return found(section, brokers && bareHost(brokers), protocol, key, wanted);
}

/** The first address among settings that names a protocol in clear text. */
function plainUrl(section: Section, keys: readonly string[]): ClearText | undefined {
  for (const setting of keys.flatMap((key) => section.all(key))) {
    const scheme = /^(http|tcp|udp|ws|redis|amqp|nats)(?=:\/\/)/.exec(setting.value)?.[1];
    const place = placeOfHost(bareHost(setting.value));
    if (scheme === undefined || place === 'local') continue;
    const host = bareHost(setting.value);
    const secure = SECURE[scheme];
    const range = { start: 0, end: scheme.length };
    return {
      at: setting.partAt(range),
      reason: `${scheme}://`,
      host: place === 'unknown' ? undefined : host,
      place,
      operations: secure === undefined ? [] : setting.replacePart(range, secure),
    };
  }
  return undefined;
}

const SECURE: Readonly<Record<string, string>> = {
  http: 'https',
  tcp: 'tls',
  ws: 'wss',
  redis: 'rediss',
  amqp: 'amqps',
};

function bareHost(address: string): string {
  const first = address.split(',')[0]?.trim() ?? '';
  const host = first.replace(/^[\w.+-]+:\/\//, '').replace(/^[^@/]*@/, '');
  return /^(?:\[[^\]]*\]|[$%]?[({]{1,2}[^)}]*[)}]{1,2}|[^:/?#]*)/.exec(host)?.[0] ?? '';
}

function found(
  section: Section,
  host: string | undefined,
  setting: Setting | undefined,
  key: string | undefined,
  wanted: string | boolean | undefined,
): ClearText | undefined {
  const place = host === undefined ? 'local' : placeOfHost(host);
  if (place === 'local') return undefined;
  return {
    at: setting?.spot ?? section.head,
    reason:
      setting === undefined
        ? key === undefined
          ? 'no TLS'
          : `no "${key}"`
        : `${key ?? 'network'}: ${setting.value}`,
    host: place === 'unknown' ? undefined : host,
    place,
    operations: key === undefined || wanted === undefined ? [] : section.set(key, wanted),
  };
}
