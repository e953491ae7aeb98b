/** An outside company that may get to see ePHI, and how manifests mention it. */
export interface Vendor {
  readonly name: string;
  /** Other names that people list it under. */
  readonly alsoCalled?: readonly string[];
  /** Domains; hosts below them belong to the vendor, too. */
  readonly domains: readonly string[];
  /** CSI drivers and other provisioners of storage. */
  readonly provisioners?: readonly string[];
  /** Beginnings of annotations that hand something to the vendor. */
  readonly annotations?: readonly string[];
  /** Beginning of a node's `spec.providerID`. */
  readonly providerId?: string;
  /** Keys of an `Output` or `ClusterOutput` of the Logging and Fluent operators. */
  readonly logSinks?: readonly string[];
}

/**
 * Vendors that workloads are known to send to, store at or pull from. Public registries of images are not among them: nothing goes there, and `image-public-registry`
 * speaks of them. What an organisation runs itself (Elasticsearch, Grafana, Sentry on its own hosts) is known by other hosts and so is not meant.
 *
 * Sources: the vendors' own documentation of endpoints; https://kubernetes-csi.github.io/docs/drivers.html for drivers.
 */
export const VENDORS: readonly Vendor[] = [
  {
    name: 'Amazon Web Services',
    alsoCalled: ['AWS', 'Amazon', 'Amazon Web Services, Inc.'],
    domains: ['amazonaws.com', 'amazonaws.com.cn', 'aws.dev', 'on.aws'],
    provisioners: [
      'ebs.csi.aws.com',
      'ebs.csi.eks.amazonaws.com',
      'efs.csi.aws.com',
      'fsx.csi.aws.com',
      's3.csi.aws.com',
      'kubernetes.io/aws-ebs',
    ],
    annotations: ['eks.amazonaws.com/', 'service.beta.kubernetes.io/aws-', 'alb.ingress.kubernetes.io/'],
    providerId: 'aws://',
    logSinks: ['s3', 'cloudwatch', 'cloudwatchLogs', 'kinesisStream', 'kinesisFirehose', 'awsElasticsearch'],
  },
  {
    name: 'Google Cloud',
    alsoCalled: ['GCP', 'Google', 'Google Cloud Platform'],
    domains: ['googleapis.com', 'pkg.dev', 'cloudfunctions.net', 'run.app', 'appspot.com', 'firebaseio.com'],
    provisioners: [
      'pd.csi.storage.gke.io',
      'filestore.csi.storage.gke.io',
      'gcsfuse.csi.storage.gke.io',
      'kubernetes.io/gce-pd',
    ],
    annotations: ['iam.gke.io/', 'cloud.google.com/', 'networking.gke.io/'],
    providerId: 'gce://',
    logSinks: ['gcs', 'stackdriver', 'bigquery'],
  },
  {
    name: 'Microsoft Azure',
    alsoCalled: ['Azure', 'Microsoft'],
    domains: [
      'azure.com',
      'azure.net',
      'azurecr.io',
      'azurewebsites.net',
      'azure-api.net',
      'azuredatabricks.net',
      'windows.net',
      'microsoftonline.com',
    ],
    provisioners: [
      'disk.csi.azure.com',
      'file.csi.azure.com',
      'blob.csi.azure.com',
      'kubernetes.io/azure-disk',
      'kubernetes.io/azure-file',
    ],
    annotations: [
      'azure.workload.identity/',
      'service.beta.kubernetes.io/azure-',
      'appgw.ingress.kubernetes.io/',
    ],
    providerId: 'azure://',
    logSinks: ['azurestorage', 'azureLogAnalytics', 'azureBlob'],
  },
  {
    name: 'Oracle Cloud',
    alsoCalled: ['OCI', 'Oracle'],
    domains: ['oraclecloud.com', 'ocir.io'],
    provisioners: ['blockvolume.csi.oraclecloud.com', 'fss.csi.oraclecloud.com', 'oracle.com/oci'],
    annotations: ['oci.oraclecloud.com/', 'service.beta.kubernetes.io/oci-'],
    providerId: 'oci://',
    logSinks: ['oss'],
  },
  {
    name: 'IBM Cloud',
    domains: ['cloud.ibm.com', 'icr.io', 'appdomain.cloud'],
    provisioners: ['vpc.block.csi.ibm.io', 'ibm.io/ibmc-block', 'ibm.io/ibmc-file'],
    annotations: ['service.kubernetes.io/ibm-'],
    providerId: 'ibm://',
  },
  {
    name: 'Alibaba Cloud',
    domains: ['aliyuncs.com'],
    provisioners: ['diskplugin.csi.alibabacloud.com', 'nasplugin.csi.alibabacloud.com'],
    annotations: ['service.beta.kubernetes.io/alibaba-cloud-', 'service.beta.kubernetes.io/alicloud-'],
  },
  {
    name: 'DigitalOcean',
    domains: ['digitalocean.com', 'digitaloceanspaces.com', 'ondigitalocean.app', 'ondigitalocean.com'],
    provisioners: ['dobs.csi.digitalocean.com'],
    annotations: ['service.beta.kubernetes.io/do-loadbalancer-', 'kubernetes.digitalocean.com/'],
    providerId: 'digitalocean://',
  },
  {
    name: 'Akamai (Linode)',
    alsoCalled: ['Linode', 'Akamai'],
    domains: ['linode.com', 'linodeobjects.com', 'akamai.com'],
    provisioners: ['linodebs.csi.linode.com'],
    annotations: ['service.beta.kubernetes.io/linode-loadbalancer-'],
    providerId: 'linode://',
  },
  {
    name: 'Hetzner',
    domains: ['hetzner.cloud', 'your-objectstorage.com'],
    provisioners: ['csi.hetzner.cloud'],
    annotations: ['load-balancer.hetzner.cloud/'],
    providerId: 'hcloud://',
  },
  {
    name: 'Datadog',
    domains: ['datadoghq.com', 'datadoghq.eu', 'ddog-gov.com'],
    annotations: ['ad.datadoghq.com/', 'admission.datadoghq.com/'],
    logSinks: ['datadog'],
  },
  { name: 'New Relic', domains: ['newrelic.com', 'nr-data.net'], logSinks: ['newrelic', 'newRelic'] },
  {
    name: 'Dynatrace',
    domains: ['dynatrace.com', 'dynatracelabs.com'],
    annotations: ['dynatrace.com/', 'oneagent.dynatrace.com/'],
  },
  { name: 'Splunk', domains: ['splunkcloud.com', 'signalfx.com', 'splunk.com'] },
  { name: 'Sumo Logic', domains: ['sumologic.com', 'sumologic.net'], logSinks: ['sumologic'] },
  {
    name: 'Elastic Cloud',
    alsoCalled: ['Elastic'],
    domains: ['elastic-cloud.com', 'cloud.es.io', 'found.io', 'elastic.cloud'],
  },
  { name: 'Grafana Cloud', alsoCalled: ['Grafana', 'Grafana Labs'], domains: ['grafana.net'] },
  { name: 'Honeycomb', domains: ['honeycomb.io'] },
  { name: 'Sentry', domains: ['sentry.io'] },
  { name: 'Rollbar', domains: ['rollbar.com'] },
  { name: 'Bugsnag', domains: ['bugsnag.com'] },
  { name: 'Logz.io', domains: ['logz.io'], logSinks: ['logz'] },
  { name: 'Mezmo', domains: ['logdna.com', 'mezmo.com'], logSinks: ['logdna'] },
  { name: 'Papertrail', domains: ['papertrailapp.com'] },
  { name: 'Loggly', domains: ['loggly.com'] },
  { name: 'Better Stack', domains: ['betterstack.com', 'betterstackdata.com', 'logtail.com'] },
  { name: 'Axiom', domains: ['axiom.co'] },
  { name: 'Coralogix', domains: ['coralogix.com', 'coralogix.us', 'coralogix.in'] },
  { name: 'PagerDuty', domains: ['pagerduty.com'] },
  { name: 'Opsgenie', domains: ['opsgenie.com'] },
  { name: 'Segment', alsoCalled: ['Twilio Segment'], domains: ['segment.com', 'segment.io'] },
  { name: 'Mixpanel', domains: ['mixpanel.com'] },
  { name: 'Amplitude', domains: ['amplitude.com'] },
  { name: 'PostHog', domains: ['posthog.com'] },
  { name: 'Google Analytics', domains: ['google-analytics.com'] },
  {
    name: 'Twilio',
    alsoCalled: ['SendGrid', 'Twilio SendGrid'],
    domains: ['twilio.com', 'sendgrid.com', 'sendgrid.net'],
  },
  { name: 'Mailgun', domains: ['mailgun.org', 'mailgun.net', 'mailgun.com'] },
  { name: 'Postmark', domains: ['postmarkapp.com'] },
  { name: 'SparkPost', domains: ['sparkpost.com', 'sparkpostmail.com'] },
  { name: 'Mailchimp', domains: ['mandrillapp.com', 'mailchimp.com'] },
  { name: 'Slack', domains: ['slack.com'] },
  { name: 'Zoom', domains: ['zoom.us'] },
  { name: 'Zendesk', domains: ['zendesk.com'] },
  { name: 'Intercom', domains: ['intercom.io', 'intercom.com'] },
  { name: 'Salesforce', domains: ['salesforce.com', 'force.com'] },
  { name: 'Stripe', domains: ['stripe.com'] },
  { name: 'Snowflake', domains: ['snowflakecomputing.com', 'snowflakecomputing.cn'] },
  { name: 'Databricks', domains: ['databricks.com'] },
  { name: 'MongoDB Atlas', alsoCalled: ['MongoDB'], domains: ['mongodb.net'] },
  { name: 'Confluent Cloud', alsoCalled: ['Confluent'], domains: ['confluent.cloud'] },
  { name: 'Redis Cloud', alsoCalled: ['Redis'], domains: ['redislabs.com', 'redis-cloud.com', 'rlrcp.com'] },
  { name: 'Aiven', domains: ['aivencloud.com', 'aiven.io'] },
  { name: 'CockroachDB Cloud', domains: ['cockroachlabs.cloud'] },
  { name: 'Neon', domains: ['neon.tech'] },
  { name: 'Supabase', domains: ['supabase.co', 'supabase.com'] },
  { name: 'PlanetScale', domains: ['psdb.cloud', 'planetscale.com'] },
  { name: 'Algolia', domains: ['algolia.net', 'algolianet.com'] },
  { name: 'Pinecone', domains: ['pinecone.io'] },
  { name: 'Cloudflare', domains: ['cloudflare.com', 'cloudflarestorage.com', 'workers.dev'] },
  { name: 'Fastly', domains: ['fastly.com', 'fastly.net'] },
  { name: 'ngrok', domains: ['ngrok.io', 'ngrok.app', 'ngrok.com'], annotations: ['k8s.ngrok.com/'] },
  { name: 'Auth0', domains: ['auth0.com'] },
  { name: 'Okta', domains: ['okta.com', 'oktapreview.com'] },
  { name: 'HashiCorp Cloud', alsoCalled: ['HashiCorp'], domains: ['hashicorp.cloud'] },
  { name: 'Backblaze', domains: ['backblazeb2.com'] },
  { name: 'Wasabi', domains: ['wasabisys.com'] },
  { name: 'OpenAI', domains: ['openai.com'] },
  { name: 'Anthropic', domains: ['anthropic.com'] },
  { name: 'Cohere', domains: ['cohere.ai', 'cohere.com'] },
  { name: 'Mistral AI', domains: ['mistral.ai'] },
  { name: 'Hugging Face', domains: ['huggingface.co', 'huggingface.cloud'] },
  { name: 'Redox', domains: ['redoxengine.com'] },
  { name: 'Health Gorilla', domains: ['healthgorilla.com'] },
  { name: 'Change Healthcare', domains: ['changehealthcare.com'] },
  { name: 'Availity', domains: ['availity.com'] },
  { name: 'Surescripts', domains: ['surescripts.com', 'surescripts.net'] },
  { name: 'Particle Health', domains: ['particlehealth.com'] },
];

const BY_DOMAIN: ReadonlyMap<string, Vendor> = new Map(
  VENDORS.flatMap((vendor) => vendor.domains.map((domain) => [domain, vendor] as const)),
);

const BY_PROVISIONER: ReadonlyMap<string, Vendor> = new Map(
  VENDORS.flatMap((vendor) => (vendor.provisioners ?? []).map((name) => [name, vendor] as const)),
);

const BY_LOG_SINK: ReadonlyMap<string, Vendor> = new Map(
  VENDORS.flatMap((vendor) => (vendor.logSinks ?? []).map((key) => [key, vendor] as const)),
);

/** The vendor whose domain a host (without port) lies in. */
export function vendorOfHost(host: string): Vendor | undefined {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  for (let start = 0; start < labels.length - 1; start++) {
    const vendor = BY_DOMAIN.get(labels.slice(start).join('.'));
    if (vendor !== undefined) return vendor;
  }
  return undefined;
}

export function vendorOfProvisioner(provisioner: string): Vendor | undefined {
  return BY_PROVISIONER.get(provisioner);
}

export function vendorOfAnnotation(key: string): Vendor | undefined {
  return VENDORS.find(({ annotations }) => annotations?.some((prefix) => key.startsWith(prefix)));
}

export function vendorOfNode(providerId: string): Vendor | undefined {
  return VENDORS.find(({ providerId: prefix }) => prefix !== undefined && providerId.startsWith(prefix));
}

export function vendorOfLogSink(key: string): Vendor | undefined {
  return BY_LOG_SINK.get(key);
}
