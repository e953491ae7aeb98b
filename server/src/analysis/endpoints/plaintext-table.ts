import type { Connection, Parameter } from './connections.ts';
import type { NamedSetting } from './settings.ts';

/** A parameter that switches TLS off. */
export interface PlainParameter {
  readonly parameter: Parameter;
  readonly protocol: string;
  readonly instead: string | undefined;
}

/** Parameters with which drivers are told to speak in clear text, after their manuals. */
const PARAMETERS: readonly {
  readonly names: RegExp;
  readonly values: RegExp;
  readonly of: (connection: Connection) => boolean;
  readonly protocol: string;
  readonly instead: string;
}[] = [
  // https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-SSLMODE-STATEMENTS; https://www.npgsql.org/doc/connection-string-parameters.html
  {
    names: /^sslmode$/,
    values: /^Disable$/,
    of: ({ form }) => form === 'pairs',
    protocol: 'the PostgreSQL protocol',
    instead: 'VerifyFull',
  },
  {
    names: /^sslmode$/,
    values: /^disable$/i,
    of: ({ scheme }) => !/mysql|mariadb/.test(scheme),
    protocol: 'the PostgreSQL protocol',
    instead: 'verify-full',
  },
  // https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-security.html; https://mysqlconnector.net/connection-options/
  {
    names: /^sslmode$/,
    values: /^(?:disabled?|none)$/i,
    of: () => true,
    protocol: 'the MySQL protocol',
    instead: 'VERIFY_IDENTITY',
  },
  {
    names: /^usessl$/,
    values: /^(?:false|0|no)$/i,
    of: () => true,
    protocol: 'the MySQL protocol',
    instead: 'true',
  },
  {
    names: /^tls$/,
    values: /^false$/i,
    of: ({ form }) => form === 'go-dsn',
    protocol: 'the MySQL protocol',
    instead: 'true',
  },
  // https://learn.microsoft.com/sql/connect/jdbc/setting-the-connection-properties
  {
    names: /^encrypt$/,
    values: /^(?:false|no|optional|disable)$/i,
    of: ({ scheme, form }) => form === 'pairs' || /sqlserver|mssql/.test(scheme),
    protocol: 'the SQL Server protocol',
    instead: 'true',
  },
  // https://clickhouse.com/docs/integrations/go#connection-settings
  {
    names: /^secure$/,
    values: /^(?:false|0)$/i,
    of: ({ scheme }) => /clickhouse/.test(scheme),
    protocol: 'the ClickHouse protocol',
    instead: 'true',
  },
  {
    names: /^(?:ssl|tls)$/,
    values: /^(?:false|0|no|off)$/i,
    of: ({ scheme, form }) =>
      form === 'pairs' ||
      /postgres|mysql|mariadb|mongodb|redis|clickhouse|trino|presto|hive2|cassandra/.test(scheme),
    protocol: 'the database protocol',
    instead: 'true',
  },
];

export function plainParameterOf(connection: Connection): PlainParameter | undefined {
  for (const parameter of connection.parameters) {
    const row = PARAMETERS.find(
      ({ names, values, of }) => names.test(parameter.name) && values.test(parameter.value) && of(connection),
    );
    if (row !== undefined) return { parameter, protocol: row.protocol, instead: row.instead };
  }
  return undefined;
}

/** Settings of their own, beside the address. */
export const PLAIN_SETTINGS: readonly {
  readonly names: RegExp;
  readonly values: RegExp;
  readonly protocol: string;
  readonly instead: (value: string) => string;
}[] = [
  {
    names: /ssl_?mode$/i,
    values: /^disabled?$/i,
    protocol: 'the database protocol',
    instead: (value) => (/d$/i.test(value) ? 'VERIFY_IDENTITY' : 'verify-full'),
  },
  // https://kafka.apache.org/documentation/#consumerconfigs_security.protocol
  {
    names: /security[._]?(?:inter[._]?broker[._]?)?protocol$/i,
    values: /^(?:SASL_)?PLAINTEXT$/i,
    protocol: 'the Kafka protocol',
    instead: (value) => (/^sasl/i.test(value) ? 'SASL_SSL' : 'SSL'),
  },
  // https://opentelemetry.io/docs/specs/otel/protocol/exporter/
  { names: /^OTEL_EXPORTER_\w*_INSECURE$/, values: /^true$/i, protocol: 'OTLP', instead: () => 'false' },
];

/** What a setting of its own switches off, and the value that switches it on. */
export function plainSettingOf({
  name,
  value,
}: NamedSetting): { protocol: string; instead: string } | undefined {
  const row = PLAIN_SETTINGS.find(({ names, values }) => names.test(name) && values.test(value));
  return row === undefined ? undefined : { protocol: row.protocol, instead: row.instead(value) };
}
