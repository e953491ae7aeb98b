/** A name and the values that switch verification off. */
export interface VerificationRow {
  readonly names: RegExp;
  readonly values: RegExp;
  readonly instead: string | undefined;
}

const OFF = /^(?:false|0|no|off|none|disabled?)$/i;
export const ON = /^(?:true|1|yes|on)$/i;

/**
 * Settings with which libraries and programs are told not to verify certificates.
 *
 * Sources: Node.js (`cli.html#node_tls_reject_unauthorizedvalue`), Python (PEP 493), git-config(1) (`http.sslVerify`), Vault and Consul
 * (environment variables of the command line), Elastic (`ssl.verification_mode`), Kafka (`ssl.endpoint.identification.algorithm`), Fabric8
 * (`kubernetes.trust.certificates`), Prometheus and Grafana (`insecure_skip_verify`, `tlsSkipVerify`), npm (`strict-ssl`).
 */
export const UNVERIFIED_SETTINGS: readonly VerificationRow[] = [
  { names: /^NODE_TLS_REJECT_UNAUTHORIZED$/, values: /^(?:0|false)$/, instead: undefined },
  { names: /^PYTHONHTTPSVERIFY$/, values: /^0$/, instead: undefined },
  { names: /^GIT_SSL_NO_VERIFY$/, values: /^(?!(?:false|0|no|off)?$)/i, instead: undefined },
  // `insecureSkipVerify`, `VAULT_SKIP_VERIFY`, `tlsSkipVerify`, `skip_tls_verify`, `insecure-skip-tls-verify`, `ssl_insecure_skip_verify`
  {
    names:
      /(?:^|[._-]|[a-z])(?:insecure[._-]?)?(?:tls[._-]?|ssl[._-]?|cert[._-]?)?skip[._-]?(?:tls[._-]?|ssl[._-]?|cert(?:ificate)?[._-]?)?verif(?:y|ication)(?:[._-]?(?:tls|ssl))?$/i,
    values: ON,
    instead: 'false',
  },
  {
    names:
      /(?:^|[._-])(?:disable[._-]?(?:tls|ssl|certificate)[._-]?verif(?:y|ication)|no[._-]?verify[._-]?ssl|no[._-]?check[._-]?certificate|kubelet[._-]insecure[._-]tls|trust[._-]?all[._-]?(?:certs?|certificates)|tls[._-]insecure|allow[._-]?insecure[._-]?(?:tls|ssl))$/i,
    values: ON,
    instead: 'false',
  },
  {
    names: /^KUBERNETES_TRUST_CERTIFICATES$|^kubernetes\.trust\.certificates$/,
    values: ON,
    instead: 'false',
  },
  {
    names:
      /^(?!.*(?:skip|disable|insecure|no[._-]))(?:.*[._-])?(?:(?:ssl|tls|cert(?:ificate)?|https)[._-]?(?:cert(?:ificate)?[._-]?)?(?:verify|verification|verify[._-]?(?:peer|host|certs?))|verify[._-]?(?:ssl|tls|certs?|certificates?)|strict[._-]ssl|sslVerify)$/i,
    values: OFF,
    instead: 'true',
  },
  {
    names: /(?:^|[._-])(?:ssl|tls)(?:[._-]certificate)?[._-]?verification[._-]?mode$/i,
    values: /^none$/i,
    instead: 'full',
  },
  {
    names: /(?:^|\.)ssl\.endpoint\.identification\.algorithm$|(?:^|_)SSL_ENDPOINT_IDENTIFICATION_ALGORITHM$/,
    values: /^(?:none)?$/i,
    instead: 'https',
  },
  // https://redis.io/docs/latest/develop/clients/redis-py/connect/ and Celery's redis_backend_use_ssl
  { names: /(?:^|[._-])ssl[._-]?cert[._-]?reqs$/i, values: /^(?:none|optional)$/i, instead: 'required' },
  {
    names: /(?:^|[._-])ssl[._-]?cert[._-]?reqs$/i,
    values: /^(?:ssl\.)?CERT_(?:NONE|OPTIONAL)$/,
    instead: 'CERT_REQUIRED',
  },
  { names: /^proxy_ssl_verify$/, values: /^off$/, instead: 'on' },
];

/** Parameters of drivers, after their manuals: see `plaintext-table.ts`. */
export const UNVERIFIED_PARAMETERS: readonly VerificationRow[] = [
  { names: /^trustservercertificate$/, values: /^(?:true|yes)$/i, instead: 'false' },
  { names: /^verifyservercertificate$/, values: /^false$/i, instead: 'true' },
  { names: /^tls$/, values: /^(?:skip-verify|preferred)$/, instead: 'true' },
  {
    names:
      /^(?:tlsinsecure|tlsallowinvalidcertificates|tlsallowinvalidhostnames|sslallowinvalidcertificates)$/,
    values: /^true$/i,
    instead: 'false',
  },
  { names: /^sslmode$/, values: /^(?:PREFERRED|REQUIRED)$/i, instead: 'VERIFY_IDENTITY' },
  { names: /^sslmode$/, values: /^(?:allow|prefer|require)$/i, instead: 'verify-full' },
  { names: /^sslcertreqs$/, values: /^(?:none|optional)$/i, instead: 'required' },
  { names: /^sslcertreqs$/, values: /^CERT_(?:NONE|OPTIONAL)$/, instead: 'CERT_REQUIRED' },
  { names: /^sslfactory$/, values: /NonValidatingFactory$/, instead: undefined },
];

/** Flags that switch verification off, standing alone or as `--flag=true`. */
export const FLAG =
  /^--?(?:[\w.-]*(?:insecure[.-]?skip[.-]?(?:tls[.-]?)?verify(?:-tls)?|(?:tls|ssl)[.-](?:insecure[.-])?skip[.-]verify|skip[.-](?:tls|ssl)[.-]verif(?:y|ication)|insecure[.-]tls|tls[.-]insecure|no[.-]verify[.-]ssl|disable[.-](?:ssl|tls)[.-]verification)|insecure|no-check-certificate|insecureSkipVerify|skip-verify)(?:=(\w*))?$/i;
export const VERIFY_FLAG =
  /^--?(?!.*(?:skip|insecure))[\w.-]*(?:verify[.-](?:ssl|tls|certs?)|(?:ssl|tls)[.-]verify)=(?:false|0|no|none)$/i;
export const BUILD_FLAG =
  /^--(?![\w-]+=false$)(?:insecure-registry|insecure-registries|insecure-pull|insecure-push|insecure-policy)(?:=\S*)?$/i;
