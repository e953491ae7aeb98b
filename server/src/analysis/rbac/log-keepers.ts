import type { Subject } from './bindings.ts';

/** Names of namespaces where logs are kept. */
export const LOG_NAMESPACE =
  /(?:^|-)(?:logs?|logging|audits?|auditing|loki|elasticsearch|elastic-system|opensearch|efk|elk|splunk|graylog|fluentd|fluent-?bit)(?:-|$)/;

/** Names of ServiceAccounts of collectors, log stores and their operators, whatever the case. */
export const LOG_AGENT =
  /log|fluent|vector|loki|promtail|beat|elastic|opensearch|kibana|dashboards|otel|telemetry|collector|alloy|agent|splunk|victoria|kafka|operator|controller/i;

/** Whether a subject writes logs by its work; the control plane does, too. */
export function isLogAgent({ kind, name }: Subject): boolean {
  return kind === 'ServiceAccount' ? LOG_AGENT.test(name) : name.startsWith('system:');
}
