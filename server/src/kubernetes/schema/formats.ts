/** A format that the API server demands of a string, and how to name it to the author. */
export interface Format {
  readonly accepts: (text: string) => boolean;
  /** Completes "must be ...". */
  readonly description: string;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
const QUALIFIED_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
const PORT_NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const QUANTITY = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][-+]?\d+)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:[Zz]|[-+]\d\d:\d\d)$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const IPV4_CIDR = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\/\d{1,2}$/;
const IPV6_CIDR = /^[0-9a-fA-F:.]+\/\d{1,3}$/;
const CRON_MACRO = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every\s.+)$/;

/**
 * The formats of the generated schemas. All patterns are linear in the length of the text.
 *
 * Source: k8s.io/apimachinery `util/validation` and `api/resource`.
 */
export const FORMATS: Readonly<Record<string, Format>> = {
  'dns-label': {
    accepts: (text) => text.length <= 63 && LABEL.test(text),
    description:
      'a DNS label: at most 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  },
  'dns-1035-label': {
    accepts: (text) => text.length <= 63 && LABEL_1035.test(text),
    description: 'a DNS label that starts with a letter: at most 63 lower-case letters, digits and "-"',
  },
  'dns-subdomain': {
    accepts: isSubdomain,
    description: 'a DNS name: at most 253 lower-case letters, digits, "-" and "."',
  },
  'path-segment': {
    accepts: (text) => text !== '.' && text !== '..' && !/[/%]/.test(text),
    description: 'a name without "/" and "%"',
  },
  'label-key': {
    accepts: isQualifiedName,
    description:
      'a label key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and "/"',
  },
  'label-value': {
    accepts: (text) => text.length <= 63 && QUALIFIED_NAME.test(text),
    description:
      'a label value: at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends',
  },
  'config-key': {
    accepts: (text) => text.length <= 253 && CONFIG_KEY.test(text),
    description: 'a key of letters, digits, "-", "_" and "."',
  },
  'port-name': {
    accepts: (text) =>
      text.length <= 15 && PORT_NAME.test(text) && /[a-z]/.test(text) && !text.includes('--'),
    description: 'a port name: at most 15 lower-case letters, digits and "-", with at least one letter',
  },
  quantity: {
    accepts: (text) => QUANTITY.test(text),
    description: 'a quantity such as 500m, 2 or 1Gi',
  },
  'date-time': {
    accepts: (text) => DATE_TIME.test(text),
    description: 'a date and time such as 2026-01-31T12:00:00Z',
  },
  byte: {
    accepts: isBase64,
    description: 'base64',
  },
  cidr: {
    accepts: (text) => IPV4_CIDR.test(text) || (text.includes(':') && IPV6_CIDR.test(text)),
    description: 'an address block such as 10.0.0.0/8 or 2001:db8::/64',
  },
  cron: {
    accepts: (text) => CRON_MACRO.test(text) || text.trim().split(/\s+/).length === 5,
    description: 'a cron schedule of five fields, or a macro such as @daily',
  },
};

function isSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => LABEL.test(label));
}

function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  if (slash !== -1 && !isSubdomain(text.slice(0, slash).toLowerCase())) return false;
  return name.length <= 63 && QUALIFIED_NAME.test(name);
}

/** As Go decodes it: line breaks do not count, padding does. */
function isBase64(text: string): boolean {
  const digits = text.replace(/[\r\n]/g, '');
  return digits.length % 4 === 0 && BASE64.test(digits);
}

const PLACEHOLDER =
  /^ENC\[|\$\{|\$\(|\{\{|<%|\[\[|<[^<>]*>|^\$[A-Za-z_]\w*$|^%[\w-]+%$|^__[\w-]+__$|^@[\w-]+@$/;

/**
 * Whether some tool will put the real value here before the API server sees it, so that nothing can be said of it:
 * a template, a placeholder, or what SOPS encrypted.
 */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}
